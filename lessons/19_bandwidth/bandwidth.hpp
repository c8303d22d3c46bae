#pragma once

#include <functional>
#include <span>

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Turns the picture grey, in place: every colour of a pixel becomes
/// (red + green + blue) / 3, rounded down. Opacity stays as it is.
void grey(Image& image);

/// Keeps the red of every pixel, in place; green and blue become 0. Opacity
/// stays as it is.
void red(Image& image);

/// What a filter does to one row. Called by several threads at once, each with
/// a row of its own.
using RowFilter = std::function<void(std::span<Pixel> row)>;

/// The exercise. Runs all filters on the picture, in place: every filter once
/// on each row, in the order in which they are given. A thread takes a row
/// through all filters before it takes another row. Opacity stays as it is. The
/// log, where it is on, has one item per row. The rows are shared among the
/// team.
void run_filters(Image& image, std::span<const RowFilter> filters,
                 WorkLog& log);
