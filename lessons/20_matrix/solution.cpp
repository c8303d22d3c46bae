// Exercise 20: columns times columns
//
// k has become the middle loop, so the inner one goes along a row of a and a
// row of c. Row i has i + 1 sums: equal numbers of rows would not be equal
// work. Iteration i also writes to column i, above the diagonal. No other
// iteration does: where i and j meet, the larger one writes both.

#include <algorithm>

#include "matrix.hpp"

void multiply_columns(const Matrix& a, Matrix& c, WorkLog& log) {
#pragma omp parallel for schedule(dynamic)
    for (int i = 0; i < c.rows(); ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who did row i
        const auto sums = c.row(i).first(static_cast<std::size_t>(i) + 1);
        std::fill(sums.begin(), sums.end(), 0.0);
        for (int k = 0; k < a.rows(); ++k) {
            const double factor = a.at(k, i);
            const auto row = a.row(k);
            for (std::size_t j = 0; j < sums.size(); ++j) {
                sums[j] += factor * row[j];
            }
        }
        for (int j = 0; j < i; ++j) c.at(j, i) = c.at(i, j);
    }
}
