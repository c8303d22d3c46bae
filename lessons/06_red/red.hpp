#pragma once

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Keeps the red of every pixel, in place; green and blue become 0. Opacity
/// stays as it is. The log, where it is on, has one item per row.
void red(Image& image, WorkLog& log);

/// The exercise. Cuts the picture into `count` bands of neighbouring rows, and
/// gives each band one colour, in place: the means of its red, of its green and
/// of its blue, rounded down. The bands are as even as can be: their heights
/// differ by one row at most, and the higher ones come first. Opacity stays as
/// it is. The log, where it is on, has one item per band. The bands are shared
/// among the team. 1 <= count; where there are fewer rows, the last bands are
/// empty.
void bands(Image& image, int count, WorkLog& log);
