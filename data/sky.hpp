// Light, the sky, and what floats in it.

#pragma once

#include "data/vector.hpp"

/// Where the light of a scene comes from.
struct Light {
    Vector to_sun;   ///< direction, length 1
    Colour sun;      ///< light of the sun
    Colour zenith;   ///< light of the sky overhead
    Colour horizon;  ///< light of the sky low down, and of haze
};

/// A line of sight.
struct Ray {
    Vector from;
    Vector direction;  ///< length 1

    [[nodiscard]] Vector at(double distance) const {
        return from + direction * distance;
    }
};

/// Something that floats: cloud or smoke.
struct Smoke {
    /// How much of it there is at a place, 0 for none; light fades to 1/e
    /// behind a length of 1/density. More octaves show finer detail.
    double (*density)(Vector place, int octaves);
    /// The light that reaches the place from all sides but from the sun.
    Colour (*glow)(Vector place);
    double whiteness;  ///< share of the sunlight that it throws back
    double reach;      ///< length of the first step towards the sun
    int steps;         ///< number of steps along the ray
};

/// The clear sky in a direction (length 1), brighter around the sun.
Colour clear_sky(const Light& light, Vector direction);

/// What is seen through smoke that lies between two distances on a ray.
///
/// Walks along the ray in equal steps, sums the light that each step sends to
/// the eye and dims what lies behind it; at every step a second, short walk
/// towards the sun finds how much of its light arrives (Max, "Optical Models
/// for Direct Volume Rendering", 1995).
/// @param jitter where in its step a place is taken, 0 .. 1.
/// @param behind the light from behind the smoke.
Colour through_smoke(const Smoke& smoke, const Light& light, const Ray& ray,
                     double nearest, double farthest, double jitter,
                     Colour behind);
