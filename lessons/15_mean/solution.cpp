// Exercise 15: least, greatest and variance of every column
//
// Every row takes part in every column's results, so each thread needs arrays
// of its own: a reduction joins the copies of each array by its own operation.
// mean[] is complete before the second loop reads it, for there is a barrier at
// the end of the first.

#include <algorithm>
#include <vector>

#include "mean.hpp"

void column_spread(const Matrix& matrix, double* least, double* greatest,
                   double* variance, WorkLog& log) {
    const std::int64_t rows = matrix.rows();
    const std::int64_t columns = matrix.columns();
    std::copy_n(matrix.row(0), columns, least);
    std::copy_n(matrix.row(0), columns, greatest);
    std::fill_n(variance, columns, 0.0);
    std::vector<double> sums(static_cast<std::size_t>(columns), 0.0);
    double* mean = sums.data();

#pragma omp parallel for reduction(+ : mean[:columns]) \
    reduction(min : least[:columns]) reduction(max : greatest[:columns])
    for (std::int64_t y = 0; y < rows; ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        const double* row = matrix.row(y);
        for (std::int64_t x = 0; x < columns; ++x) {
            least[x] = std::min(least[x], row[x]);
            greatest[x] = std::max(greatest[x], row[x]);
            mean[x] += row[x];
        }
    }
    for (std::int64_t x = 0; x < columns; ++x) {
        mean[x] /= static_cast<double>(rows);
    }
#pragma omp parallel for reduction(+ : variance[:columns])
    for (std::int64_t y = 0; y < rows; ++y) {
        const WorkLog::Item noted = log.item(rows + y);
        const double* row = matrix.row(y);
        for (std::int64_t x = 0; x < columns; ++x) {
            variance[x] += (row[x] - mean[x]) * (row[x] - mean[x]);
        }
    }
    for (std::int64_t x = 0; x < columns; ++x) {
        variance[x] /= static_cast<double>(rows);
    }
}
