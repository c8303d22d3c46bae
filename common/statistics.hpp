// What a list of measured times says.

#pragma once

#include <vector>

/// Quantile q (0 .. 1) of the values, interpolated linearly between the two
/// nearest (method 7 of Hyndman and Fan, Sample Quantiles in Statistical
/// Packages, 1996).
/// @throws std::invalid_argument without values, or for another q.
double quantile(std::vector<double> values, double q);

/// The value in the middle: quantile 0.5.
double median(const std::vector<double>& values);

/// Interquartile range: quantile 0.75 less quantile 0.25.
double interquartile_range(const std::vector<double>& values);
