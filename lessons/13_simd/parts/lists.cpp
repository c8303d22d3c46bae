#include "lists.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "exact_dot.hpp"

std::vector<double> random_list(std::int64_t count, unsigned seed) {
    std::mt19937_64 generator(seed);
    std::vector<double> list(static_cast<std::size_t>(count));
    std::generate(list.begin(), list.end(), [&] {
        return static_cast<double>(generator() >> 11U) * 0x1p-53;
    });
    return list;
}

double compare_with_exact(double sum, std::span<const double> left,
                          std::span<const double> right) {
    ExactSum difference = exact_dot(left, right);
    const double exact = difference.value();
    difference.add(-sum);
    const double error = -difference.value();
    // In whatever order n products of one sign are added, the sum is off by no
    // more than n units of rounding, 2^-53 of it each (N. Higham, Accuracy and
    // Stability of Numerical Algorithms, 2002, section 3.1).
    const double allowed = static_cast<double>(left.size()) * 0x1p-53 * exact;
    fmt::print("sum   {:.17g}\nexact {:.17g}, off by {:.1g} (allowed {:.1g})\n",
               sum, exact, error, allowed);
    return std::abs(error) <= allowed ? exact : sum;
}
