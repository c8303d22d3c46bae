// Exercise 13: how far a list reaches
//
// The length of a list as a vector, and its largest element. Both are right,
// but one element comes after the other: each waits for the result of all
// before it. Let the lanes of the core work side by side.

#include <algorithm>
#include <cmath>

#include "simd.hpp"

Extent extent(std::span<const int> list) {
    Extent found;
    double squares = 0.0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const double number = list[i];  // an int would overflow when squared
        squares += number * number;
        found.largest = std::max(found.largest, list[i]);
    }
    found.length = std::sqrt(squares);
    return found;
}
