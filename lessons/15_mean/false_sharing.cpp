// Restructured: each thread's sums by hand, laid out badly, for all to see.
//
// Lesson 15: the means of columns
//
// Every thread has its own sums, and no two write the same number. But the sums
// of one column are side by side, one per thread, and so in the same cache
// line: the two processors take it from each other at every addition.

#include <vector>

#include "common/openmp.hpp"
#include "mean.hpp"

void column_means(const Matrix& matrix, double* means) {
    const std::int64_t columns = matrix.columns();
    const std::int64_t threads = omp_get_max_threads();
    constexpr std::int64_t apart = 1;  // 8 doubles fill a line: 64 bytes
    const std::int64_t step = threads * apart;
    std::vector<double> sums(static_cast<std::size_t>(columns * step), 0.0);
#pragma omp parallel
    {
        double* own = sums.data() + omp_get_thread_num() * apart;
#pragma omp for
        for (std::int64_t y = 0; y < matrix.rows(); ++y) {
            const double* row = matrix.row(y);
            for (std::int64_t x = 0; x < columns; ++x) {
                own[x * step] += row[x];
            }
        }
    }
    const auto rows = static_cast<double>(matrix.rows());
    for (std::int64_t x = 0; x < columns; ++x) {
        double sum = 0.0;
        for (std::int64_t thread = 0; thread < threads; ++thread) {
            sum += sums[x * step + thread * apart];
        }
        means[x] = sum / rows;
    }
}
