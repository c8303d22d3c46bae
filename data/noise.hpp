// Numbers that look random and are not: each is a function of a place alone.
//
// All is made of + - * / and floor, which give one result on every machine.
// Sines and exponentials differ from one C library to the next; without them
// a picture is the same, byte for byte, wherever it is painted.

#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "data/vector.hpp"

/// Mixes the bits of a number. The constants are those of "lowbias32": Chris
/// Wellons, "Prospecting for Hash Functions", 2018,
/// https://nullprogram.com/blog/2018/07/31/ (public domain).
inline std::uint32_t hash(std::uint32_t bits) {
    bits = (bits ^ (bits >> 16)) * 0x7feb352dU;
    bits = (bits ^ (bits >> 15)) * 0x846ca68bU;
    return bits ^ (bits >> 16);
}

/// Three large odd numbers that send neighbours far apart; hash does the rest.
inline constexpr std::uint32_t stride_x = 0x9e3779b1U;
inline constexpr std::uint32_t stride_y = 0x85ebca77U;
inline constexpr std::uint32_t stride_z = 0xc2b2ae3dU;

/// A number for every point with whole coordinates.
inline std::uint32_t point_number(int x, int y, int z) {
    return static_cast<std::uint32_t>(x) * stride_x +
           static_cast<std::uint32_t>(y) * stride_y +
           static_cast<std::uint32_t>(z) * stride_z;
}

/// Bits as a number in [0, 1).
inline double fraction(std::uint32_t bits) {
    return static_cast<int>(bits >> 1) * 0x1p-31;
}

/// A random number in [0, 1) for every point with whole coordinates.
inline double random_at(int x, int y, int z = 0) {
    return fraction(hash(point_number(x, y, z)));
}

/// A random number in [0, 1) for every place in a picture, to start the steps
/// of a ray at: equal starts would show as stripes.
inline double jitter_at(double x, double y) {
    return random_at(static_cast<int>(x * 1e6), static_cast<int>(y * 1e6));
}

/// The S-shaped way from 0 to 1 while t goes from 0 to 1.
inline double ease(double t) { return t * t * (3 - 2 * t); }

/// 0 up to low, 1 from high, and eased between.
inline double smooth_step(double low, double high, double x) {
    return ease(std::clamp((x - low) / (high - low), 0.0, 1.0));
}

/// What is left of 1 behind a depth x >= 0 of haze or smoke: e^-x (the law of
/// Beer and Lambert), taken as (1 + x/16)^-16.
inline double fade(double x) {
    const double root = 1 / (1 + x / 16);
    const double fourth = root * root * root * root;
    return fourth * fourth * fourth * fourth;
}

/// A height, 0 .. 1, and how fast it grows along x and z.
struct Relief {
    double height = 0;
    double slope_x = 0;
    double slope_z = 0;
};

/// Value noise in the plane: random heights at whole coordinates, smoothly
/// joined (Ebert et al., Texturing and Modeling, 3rd edition, 2003, chapter 2).
inline Relief relief(double x, double z) {
    const double west = std::floor(x);
    const double south = std::floor(z);
    const double u = x - west;
    const double v = z - south;
    const std::uint32_t point =
        point_number(static_cast<int>(west), 0, static_cast<int>(south));
    std::array<double, 4> corner{};
#pragma omp simd
    for (std::uint32_t i = 0; i < 4; ++i) {
        corner[i] =
            fraction(hash(point + (i & 1U) * stride_x + (i >> 1U) * stride_z));
    }
    const double along_x = corner[1] - corner[0];
    const double along_z = corner[2] - corner[0];
    const double twist = corner[3] - corner[2] - along_x;
    return {
        corner[0] + along_x * ease(u) + (along_z + twist * ease(u)) * ease(v),
        (along_x + twist * ease(v)) * 6 * u * (1 - u),
        (along_z + twist * ease(u)) * 6 * v * (1 - v)};
}

/// Value noise in space, 0 .. 1.
inline double noise(Vector p) {
    const Vector base{std::floor(p.x), std::floor(p.y), std::floor(p.z)};
    const Vector within = p - base;
    const std::uint32_t point =
        point_number(static_cast<int>(base.x), static_cast<int>(base.y),
                     static_cast<int>(base.z));
    std::array<double, 8> corner{};
#pragma omp simd
    for (std::uint32_t i = 0; i < 8; ++i) {
        corner[i] =
            fraction(hash(point + (i & 1U) * stride_x +
                          (i >> 1U & 1U) * stride_y + (i >> 2U) * stride_z));
    }
    for (std::size_t i = 0; i < 4; ++i) {
        corner[i] = mix(corner[i], corner[i + 4], ease(within.z));
    }
    for (std::size_t i = 0; i < 2; ++i) {
        corner[i] = mix(corner[i], corner[i + 2], ease(within.y));
    }
    return mix(corner[0], corner[1], ease(within.x));
}

/// Fractal noise: octaves of noise, each twice as fine and half as strong as
/// the one before (fractional Brownian motion; Ebert et al., chapter 16).
/// 0 .. 1, and just 0 where it shows early that it will stay below `least`.
inline double fractal(Vector p, int octaves, double least = 0) {
    double sum = 0;
    double strength = 0.5;
    for (int octave = 0; octave < octaves; ++octave) {
        sum += strength * noise(p);
        strength /= 2;
        // All octaves to come add less than twice the next one's strength.
        if (sum + 2 * strength < least) {
            return 0;
        }
        // The shift keeps the corners of one octave off those of the next.
        p = p * 2.03 + Vector{17.1, 5.7, 31.3};
    }
    return sum + strength;
}
