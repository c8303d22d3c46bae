#pragma once

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Turns the picture grey, in place: every colour of a pixel becomes
/// (red + green + blue) / 3, rounded down. Opacity stays as it is.
void grey(Image& image);

/// The exercise. Turns the picture into its negative, in place: every colour
/// of a pixel becomes 255 minus itself. Opacity stays as it is. The log, where
/// it is on, has one item per row. The rows are shared among the team.
void negative(Image& image, WorkLog& log);
