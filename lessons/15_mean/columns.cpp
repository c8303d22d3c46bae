// Restructured: column by column, so that no two threads need the same sum.
//
// Lesson 15: the means of columns
//
// Each column belongs to one thread, from its first row to its last: nothing
// is shared, and each sum is added up in the serial order. But the numbers of a
// column are a whole row apart in memory, and this is what counts here.

#include "mean.hpp"

void column_means(const Matrix& matrix, double* means) {
    const auto rows = static_cast<double>(matrix.rows());
#pragma omp parallel for
    for (std::int64_t x = 0; x < matrix.columns(); ++x) {
        double sum = 0.0;
        for (std::int64_t y = 0; y < matrix.rows(); ++y) {
            sum += matrix.row(y)[x];
        }
        means[x] = sum / rows;
    }
}
