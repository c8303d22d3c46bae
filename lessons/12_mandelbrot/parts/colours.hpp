// The Mandelbrot set in colour.

#pragma once

#include "common/image.hpp"
#include "mandelbrot.hpp"

/// A picture of the escape times: the set itself is black, and the longer a
/// point took to escape, the further its colour is along the palette.
Image paint(const View& view, EscapeTimes& result, int max_iterations);
