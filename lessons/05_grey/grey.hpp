#pragma once

#include "common/image.hpp"

/// Turns the picture grey, in place: every colour of a pixel becomes
/// (red + green + blue) / 3, rounded down. Opacity stays as it is.
void grey(Image& image);
