#pragma once

#include "common/image.hpp"

/// Keeps the green of every pixel, in place; red and blue become 0. Opacity
/// stays as it is.
void green(Image& image);
