// The Mandelbrot set in colour.

#pragma once

#include <vector>

#include "common/image.hpp"

/// The colour of each escape time, 0 to max_iterations: the set itself is
/// black, and the longer a point took to escape, the further its colour is
/// along the palette.
std::vector<Pixel> colours_of_times(int max_iterations);
