// The land of the volcano picture: a height for every place.
//
// Lengths in kilometres: x to the right, y up (the lake lies at 0), z away
// from the viewer, who stands at x = 0, z = 0. The number of octaves says how
// fine the detail is.

#pragma once

#include "data/vector.hpp"

/// The middle of the crater, at the height of its rim.
inline constexpr Vector summit{0.7, 3.0, 12};

/// Noise for land, 0 .. 1, mostly near 0.35: fractal noise whose octaves are
/// weaker where those before them are steep, so that slopes are smooth and
/// ridges rough, as if worn by water (Quilez, "Value noise derivatives", 2008,
/// https://iquilezles.org/articles/morenoise/).
double worn_noise(double x, double z, int octaves);

/// Depth of the gullies of the volcano at a place, 0 .. 1.
double gullies(double x, double z, int octaves);

/// Height of the bare ground.
double ground(double x, double z, int octaves);

/// Height of what the light falls on: the ground or the trees on it.
double surface(double x, double z, int octaves);
