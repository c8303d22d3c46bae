#pragma once

#include <cstdint>
#include <functional>

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Keeps the green of every pixel, in place; red and blue become 0. Opacity
/// stays as it is.
void green(Image& image);

/// What becomes of a colour. Called by several threads at once.
using Curve = std::function<std::uint8_t(std::uint8_t colour)>;

/// The exercise. Every colour of every pixel, red, green and blue, becomes what
/// the curve makes of it, in place; the curve is called once for each. Opacity
/// stays as it is. The log, where it is on, has one item per row. The rows are
/// shared among the team.
void tone(Image& image, const Curve& curve, WorkLog& log);
