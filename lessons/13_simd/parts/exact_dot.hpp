// The dot product without a rounding error, to compare others with.

#pragma once

#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

/// A sum of doubles that loses nothing: it is kept in several doubles, the
/// smallest first, whose exact sum it is (J. R. Shewchuk, Adaptive Precision
/// Floating-Point Arithmetic, 1997). It needs a compiler that keeps to IEEE
/// 754, so no -ffast-math, and sums that do not overflow.
class ExactSum {
 public:
    /// Adds a number. What rounding takes from a part goes to a smaller part.
    void add(double number) {
        std::size_t kept = 0;
        for (const double part : parts_) {
            const double sum = number + part;
            const double added = sum - number;  // what is in it of `part`
            const double lost = (number - (sum - added)) + (part - added);
            if (lost != 0.0) parts_[kept++] = lost;
            number = sum;
        }
        parts_.resize(kept);
        parts_.push_back(number);
    }

    /// The sum as a double: 0 if nothing was added.
    [[nodiscard]] double value() const {
        return std::accumulate(parts_.begin(), parts_.end(), 0.0);
    }

 private:
    std::vector<double> parts_;
};

/// The exact dot product of two lists of the same length. The products must
/// not be so small (below 1e-290) that a double cannot hold their last bits.
inline ExactSum exact_dot(std::span<const double> left,
                          std::span<const double> right) {
    ExactSum sum;
    for (std::size_t i = 0; i < left.size(); ++i) {
        // volatile: the product is rounded here. Without it a compiler may
        // join it with the next addition and round only once.
        const volatile double product = left[i] * right[i];
        sum.add(product);
        sum.add(std::fma(left[i], right[i], -product));  // what was lost
    }
    return sum;
}
