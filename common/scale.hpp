// A picture at another size.

#pragma once

#include "common/image.hpp"

/// The picture at another width; height = floor(height * width / old width),
/// at least 1.
///
/// Shrinking takes the mean of the area that a new pixel covers, growing
/// interpolates bilinearly between pixel centres (Wolberg, Digital Image
/// Warping, 1990, chapters 5 and 6). Rows are done in parallel; the result is
/// the same, bit for bit, for every number of threads.
/// @throws std::invalid_argument when width < 1 or the picture is empty.
Image scale_to_width(const Image& image, int width);
