#pragma once

#include <cstdint>
#include <memory>

#include "common/work_log.hpp"

/// rows x columns real numbers in one piece of memory, row after row.
///
/// The memory is asked for and not touched: the numbers are undefined until
/// they are written, and a page of them is given by the system when it is first
/// written, near the processor that does it.
class Matrix {
 public:
    Matrix(std::int64_t rows, std::int64_t columns)
        : rows_(rows),
          columns_(columns),
          numbers_(std::make_unique_for_overwrite<double[]>(  // NOLINT
              static_cast<std::size_t>(rows * columns))) {}

    [[nodiscard]] std::int64_t rows() const { return rows_; }
    [[nodiscard]] std::int64_t columns() const { return columns_; }

    /// The first number of row y, 0 <= y < rows(); the others follow it.
    [[nodiscard]] double* row(std::int64_t y) {
        return numbers_.get() + y * columns_;
    }
    [[nodiscard]] const double* row(std::int64_t y) const {
        return numbers_.get() + y * columns_;
    }

 private:
    std::int64_t rows_;
    std::int64_t columns_;
    std::unique_ptr<double[]> numbers_;  // NOLINT: a vector touches its memory
};

/// Element i of a fixed sequence of random numbers of 64 bits: the generator
/// splitmix64 with seed 0 (Steele, Lea and Flood, Fast Splittable Pseudorandom
/// Number Generators, 2014, with the constants of their Mix13). It is
/// counter-based: each element comes from its number alone, so any thread can
/// make any of them.
inline std::uint64_t random_bits(std::uint64_t i) {
    std::uint64_t bits = (i + 1) * 0x9E3779B97F4A7C15;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
    return bits ^ (bits >> 31);
}

/// The same as a number from 0 to under 1: its upper 53 bits, which a double
/// holds exactly.
inline double random_number(std::uint64_t i) {
    return static_cast<double>(random_bits(i) >> 11) * 0x1p-53;
}

/// The mean of every column: means[x] becomes the sum of the numbers of column
/// x, divided by the number of rows, at least 1. `means` has as many elements
/// as there are columns. In what order a column is added up is not said, so
/// the last digits may differ: by at most rows / 2^53 of the mean of the
/// absolute values, and the rounding of the division (Higham, Accuracy and
/// Stability of Numerical Algorithms, 2002, section 4.2).
void column_means(const Matrix& matrix, double* means);

/// The exercise. The least and the greatest number of every column, and its
/// variance: the mean of the squared distances from the column's mean. Each
/// array has as many elements as there are columns; there is at least one row.
/// Least and greatest are exact; the variance is right to 1 part in 10^9 for
/// numbers that are not farther from zero than 10^4 times their spread. The
/// matrix is read twice; the log, where it is on, has one item per row each
/// time: y the first time, rows + y the second. The rows are shared among the
/// team both times.
void column_spread(const Matrix& matrix, double* least, double* greatest,
                   double* variance, WorkLog& log);
