// Lesson 13: the dot product
//
// Each addition needs the sum before it, so the processor waits: one product
// after the other. Several sums side by side, in the lanes of a vector
// register, need not wait, but then the products are added in another order,
// and the last digits of the sum change. Only we can allow that; the compiler
// may not.

#include "simd.hpp"

double dot(std::span<const double> left, std::span<const double> right) {
    double sum = 0.0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        sum += left[i] * right[i];
    }
    return sum;
}
