// Exercise 13: how far a list reaches
//
// Every lane has a sum and a largest element of its own; at the end they are
// joined. A reduction needs plain variables. (std::max takes references, and
// with them g++ 12 gives up: a comparison is all that is needed.)

#include <cmath>

#include "simd.hpp"

Extent extent(std::span<const int> list) {
    double squares = 0.0;
    int largest = 0;
#pragma omp simd reduction(+ : squares) reduction(max : largest)
    for (std::size_t i = 0; i < list.size(); ++i) {
        const double number = list[i];  // an int would overflow when squared
        squares += number * number;
        if (list[i] > largest) largest = list[i];
    }
    return {std::sqrt(squares), largest};
}
