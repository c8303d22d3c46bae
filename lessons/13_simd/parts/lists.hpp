// The lists of lesson 13, and what their dot product should be.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// Numbers from 0 up to 1, the same ones in every run.
std::vector<double> random_list(std::int64_t count, unsigned seed);

/// Prints a computed dot product and the exact one. @returns what counts as the
/// result: the exact product where the computed one is as near as any order of
/// adding gets, or else the computed one.
double compare_with_exact(double sum, std::span<const double> left,
                          std::span<const double> right);
