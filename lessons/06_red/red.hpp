#pragma once

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Keeps the red of every pixel, in place; green and blue become 0. Opacity
/// stays as it is. The log, where it is on, has one item a row.
void red(Image& image, WorkLog& log);
