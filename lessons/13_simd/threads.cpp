// Restructured: threads share blocks of the lists, lanes make a block's sum.
//
// The pragma `parallel for simd` would do in one line, but neither g++ 12 nor
// clang 14 makes fast code of it: inside a parallel region the lists are
// shared, and the code looks them up again for each element. A function has its
// own copies.

#include <algorithm>

#include "simd.hpp"

static double dot_of_block(std::span<const double> left,
                           std::span<const double> right) {
    double sum = 0.0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t i = 0; i < left.size(); ++i) {
        sum += left[i] * right[i];
    }
    return sum;
}

double dot(std::span<const double> left, std::span<const double> right) {
    constexpr std::size_t block = 1000;
    double sum = 0.0;
#pragma omp parallel for reduction(+ : sum)
    for (std::size_t first = 0; first < left.size(); first += block) {
        const std::size_t size = std::min(block, left.size() - first);
        sum +=
            dot_of_block(left.subspan(first, size), right.subspan(first, size));
    }
    return sum;
}
