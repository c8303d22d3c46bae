#pragma once

#include "common/image.hpp"

/// Keeps the blue of every pixel, in place; red and green become 0. Opacity
/// stays as it is.
void blue(Image& image);
