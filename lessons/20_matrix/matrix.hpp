#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/work_log.hpp"

/// A matrix of rows x columns numbers, 0 at first. A row is together in memory,
/// one row after the other.
class Matrix {
 public:
    Matrix(int rows, int columns)
        : rows_(rows),
          columns_(static_cast<std::size_t>(columns)),
          numbers_(static_cast<std::size_t>(rows) * columns_) {}

    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] int columns() const { return static_cast<int>(columns_); }

    /// The number in row i and column j, both counted from 0.
    [[nodiscard]] double& at(int i, int j) { return numbers_[place(i, j)]; }
    [[nodiscard]] double at(int i, int j) const {
        return numbers_[place(i, j)];
    }

    /// Row i.
    [[nodiscard]] std::span<double> row(int i) {
        return {numbers_.data() + place(i, 0), columns_};
    }
    [[nodiscard]] std::span<const double> row(int i) const {
        return {numbers_.data() + place(i, 0), columns_};
    }

    /// All numbers, row by row.
    [[nodiscard]] std::span<const double> numbers() const { return numbers_; }

 private:
    [[nodiscard]] std::size_t place(int i, int j) const {
        return static_cast<std::size_t>(i) * columns_ +
               static_cast<std::size_t>(j);
    }

    int rows_;
    std::size_t columns_;
    std::vector<double> numbers_;
};

/// The product of two matrices: c.at(i, j) becomes the sum of all
/// a.at(i, k) * b.at(k, j), added in the order of k, so that its bits are the
/// same in every version and for every team. a has as many columns as b has
/// rows; c has as many rows as a, as many columns as b, and other memory than
/// both. What was in c before does not matter.
void multiply(const Matrix& a, const Matrix& b, Matrix& c);

/// The exercise. The products of the columns of `a` with each other:
/// c.at(i, j) becomes the sum of all a.at(k, i) * a.at(k, j), added in the
/// order of k. c has as many rows and columns as `a` has columns, and other
/// memory. What was in c before does not matter. The log, where it is on, has
/// one item per row of c. The rows are shared among the team.
void multiply_columns(const Matrix& a, Matrix& c, WorkLog& log);
