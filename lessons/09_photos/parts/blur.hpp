// Blurring and shrinking: what becomes of a photograph that is a thumbnail.

#pragma once

#include "common/image.hpp"

/// Largest sigma of a blur, in pixels.
inline constexpr double largest_sigma = 20.0;

/// The picture blurred by a Gaussian of the given standard deviation, 0 (not at
/// all) .. largest_sigma pixels; opacity as well. Beyond its edge a picture
/// goes on as it is there.
///
/// Down and across one after the other, which gives the same as both at once
/// (the Gaussian is separable). Weights are whole numbers out of 4096, those
/// beyond 3 sigma are left out: the result is the same, bit for bit, with every
/// compiler.
Image gaussian_blur(const Image& image, double sigma);

/// The picture shrunk so that neither side is longer than `side` pixels; as it
/// is where it fits already. The sides' ratio is kept, but no side becomes
/// shorter than a pixel: a very thin picture may stay longer than `side`.
Image fit_within(const Image& image, int side);
