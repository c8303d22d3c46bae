#pragma once

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Keeps the blue of every pixel, in place; red and green become 0. Opacity
/// stays as it is.
void blue(Image& image);

/// The exercise. Mirrors the picture, in place: what was on the left of a row
/// is on the right of it. Where the picture has opacity, each pixel takes its
/// own along. The log, where it is on, has one item per row. The rows are
/// shared among the team.
void mirror(Image& image, WorkLog& log);
