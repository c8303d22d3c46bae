// Lesson 15: the means of columns
//
// Rows are added in the order of memory, one number after the other. Every row
// adds to every sum, so the threads must not share the sums: each gets a copy
// of the array and adds its own rows to it, and at the end the copies are
// added up. This is another order than the serial one, so the last digits of a
// sum may differ.

#include <algorithm>

#include "mean.hpp"

void column_means(const Matrix& matrix, double* means) {
    const std::int64_t columns = matrix.columns();
    std::fill_n(means, columns, 0.0);
#pragma omp parallel for reduction(+ : means[:columns])
    for (std::int64_t y = 0; y < matrix.rows(); ++y) {
        const double* row = matrix.row(y);
        for (std::int64_t x = 0; x < columns; ++x) means[x] += row[x];
    }
    const auto rows = static_cast<double>(matrix.rows());
    for (std::int64_t x = 0; x < columns; ++x) means[x] /= rows;
}
