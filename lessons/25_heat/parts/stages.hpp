// The plate as a picture.

#pragma once

#include <vector>

#include "common/image.hpp"

class Plate;  // of heat.hpp

/// The points inside the plate, a pixel each: dark blue at 0 degrees, over red
/// and orange to nearly white at 100. A plate of more than 256 points a side is
/// shown by every second of them, or every third, and so on.
Image picture_of(const Plate& plate);

/// Pictures of the same size, side by side, with a gap of 4 white pixels.
Image side_by_side(const std::vector<Image>& pictures);
