#pragma once

#include <span>

/// The dot product of two lists of the same length: the sum of all
/// left[i] * right[i], 0 where they are empty. In which order the products are
/// added is not promised, so the last digits may differ between versions.
double dot(std::span<const double> left, std::span<const double> right);

/// How far a list of whole numbers reaches.
struct Extent {
    double length = 0.0;  ///< as a vector: the root of the sum of the squares
    int largest = 0;      ///< the greatest element; 0 where all are below 0
};

/// The exercise. The extent of a list, found in the lanes of one core. The
/// length is right within the rounding of any order of additions.
Extent extent(std::span<const int> list);
