// What a list of measured times says.

#pragma once

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

/// Quantile q (0 .. 1) of the values, interpolated linearly between the two
/// nearest (method 7 of Hyndman and Fan, Sample Quantiles in Statistical
/// Packages, 1996).
/// @throws std::invalid_argument without values, or for another q.
inline double quantile(std::vector<double> values, double q) {
    if (values.empty()) throw std::invalid_argument("quantile: no values");
    if (!(q >= 0.0 && q <= 1.0)) {
        throw std::invalid_argument("quantile: q is not from 0 to 1");
    }
    std::sort(values.begin(), values.end());
    const double place = q * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above],
                     place - static_cast<double>(below));
}

/// The value in the middle: quantile 0.5.
inline double median(const std::vector<double>& values) {
    return quantile(values, 0.5);
}

/// Interquartile range: quantile 0.75 less quantile 0.25.
inline double interquartile_range(const std::vector<double>& values) {
    return quantile(values, 0.75) - quantile(values, 0.25);
}
