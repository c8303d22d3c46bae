// Restructured: the loops over j and k have changed places.
//
// Now the inner loop goes along a row of b and a row of c, which are together
// in memory, and not down a column of b. A number of c is not finished in one
// go: each k adds a product to all numbers of the row.

#include <algorithm>

#include "matrix.hpp"

void multiply(const Matrix& a, const Matrix& b, Matrix& c) {
#pragma omp parallel for
    for (int i = 0; i < c.rows(); ++i) {
        const auto sums = c.row(i);
        std::fill(sums.begin(), sums.end(), 0.0);
        for (int k = 0; k < b.rows(); ++k) {
            const double factor = a.at(i, k);
            const auto row = b.row(k);
            for (std::size_t j = 0; j < row.size(); ++j) {
                sums[j] += factor * row[j];
            }
        }
    }
}
