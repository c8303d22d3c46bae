// Lesson 20: the product of two matrices
//
// Row i of the first matrix times column j of the second one gives the number
// at (i, j). Rows and columns are only read, and each number of the product is
// written by one iteration: no row needs another row.

#include "matrix.hpp"

void multiply(const Matrix& a, const Matrix& b, Matrix& c) {
    for (int i = 0; i < c.rows(); ++i) {
        for (int j = 0; j < c.columns(); ++j) {
            double sum = 0.0;
            for (int k = 0; k < b.rows(); ++k) {
                sum += a.at(i, k) * b.at(k, j);
            }
            c.at(i, j) = sum;
        }
    }
}
