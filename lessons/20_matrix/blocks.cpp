// Restructured: as order.cpp, but block by block, so that caches are used.
//
// A block of c is made at once. It is so small that its sums stay in the first
// cache. A piece of a row of b is fetched once for all rows of the block, not
// once for each row. Blocks need nothing from each other: the team shares them.

#include <algorithm>
#include <array>

#include "matrix.hpp"

namespace {

constexpr int block_rows = 32;
constexpr int block_columns = 64;

/// Makes the block of c that begins at row i0 and column j0.
void multiply_block(const Matrix& a, const Matrix& b, Matrix& c, int i0,
                    int j0) {
    const int rows = std::min(block_rows, c.rows() - i0);
    const int columns = std::min(block_columns, c.columns() - j0);
    std::array<std::array<double, block_columns>, block_rows> block = {};
    for (int k = 0; k < b.rows(); ++k) {
        const auto piece = b.row(k).subspan(j0, columns);
        for (int i = 0; i < rows; ++i) {
            const double factor = a.at(i0 + i, k);
            auto& sums = block[i];
            for (std::size_t j = 0; j < piece.size(); ++j) {
                sums[j] += factor * piece[j];
            }
        }
    }
    for (int i = 0; i < rows; ++i) {
        const auto to = c.row(i0 + i).subspan(j0);
        std::copy_n(block[i].begin(), columns, to.begin());
    }
}

}  // namespace

void multiply(const Matrix& a, const Matrix& b, Matrix& c) {
#pragma omp parallel for collapse(2)
    for (int i = 0; i < c.rows(); i += block_rows) {
        for (int j = 0; j < c.columns(); j += block_columns) {
            multiply_block(a, b, c, i, j);
        }
    }
}
