// The scores of lesson 16: five that are known, and many random ones.

#pragma once

#include <cstdint>
#include <span>

#include "scores.hpp"

/// Sorts the five known scores, and prints who has which place.
void sort_the_five(std::int64_t cutoff);

/// Points below a million, the same ones in every run; many players are equal.
void throw_dice(std::span<Score> scores);
