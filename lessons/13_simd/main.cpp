// Computes a dot product and compares it with the exact one.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "exact_dot.hpp"
#include "simd.hpp"

namespace {

/// Numbers from 0 up to 1, the same ones in every run.
std::vector<double> random_list(std::int64_t count, unsigned seed) {
    std::mt19937_64 generator(seed);
    std::vector<double> list(static_cast<std::size_t>(count));
    std::generate(list.begin(), list.end(), [&] {
        return static_cast<double>(generator() >> 11U) * 0x1p-53;
    });
    return list;
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t count = 100'000;
    Lesson lesson("13_simd", "Computes the dot product of two lists.");
    lesson.option("--count", count, {0, 1'000'000'000, 20},
                  "length of each list");
    return lesson.run(argc, argv, [&] {
        constexpr int bytes = 16;  // two doubles
        Lesson::require_memory(bytes * count, "--count");
        lesson.set_size(count_text(count) + " products", count);
        lesson.set_bytes_moved(bytes * count);
        const std::vector<double> left = random_list(count, 1);
        const std::vector<double> right = random_list(count, 2);
        double sum = 0.0;
        lesson.measure([&] { sum = dot(left, right); });

        // In whatever order n products of one sign are added, the sum is off by
        // no more than n units of rounding, 2^-53 of it each (N. Higham,
        // Accuracy and Stability of Numerical Algorithms, 2002, section 3.1).
        // Within that the result counts as the exact one.
        ExactSum difference = exact_dot(left, right);
        const double exact = difference.value();
        difference.add(-sum);
        const double error = -difference.value();
        const double allowed = static_cast<double>(count) * 0x1p-53 * exact;
        const bool near = std::abs(error) <= allowed;
        const double result = near ? exact : sum;
        lesson.add_result(std::as_bytes(std::span(&result, 1)));
        fmt::print(
            "sum   {:.17g}\nexact {:.17g}, off by {:.1g} (allowed {:.1g})\n",
            sum, exact, error, allowed);
    });
}
