#pragma once

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Keeps the red of every pixel, in place; green and blue become 0. Opacity
/// stays as it is. The log, where it is on, has one item per row.
void red(Image& image, WorkLog& log);

/// The exercise. Turns the picture black and white, in place: a pixel becomes
/// white (255, 255, 255) where red + green + blue is `limit` or more, and black
/// (0, 0, 0) elsewhere. Opacity stays as it is. The log, where it is on, has
/// one item per row. The rows are shared among the team, whole rows each.
void threshold(Image& image, int limit, WorkLog& log);
