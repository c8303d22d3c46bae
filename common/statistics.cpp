#include "common/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

double quantile(std::vector<double> values, double q) {
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

double median(const std::vector<double>& values) {
    return quantile(values, 0.5);
}

double interquartile_range(const std::vector<double>& values) {
    return quantile(values, 0.75) - quantile(values, 0.25);
}
