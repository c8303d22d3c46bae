#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <vector>

#include "lessons/20_matrix/matrix.hpp"
#include "tests/support/teams.hpp"

namespace {

using Formula = std::function<double(int i, int j)>;

/// Rows of a, what a and b have in common, columns of b.
struct Sizes {
    int rows;
    int inner;
    int columns;
};

/// One number, one row, one column, nothing at all; around a block of 32 rows
/// and 64 columns; primes.
constexpr Sizes sizes[] = {{1, 1, 1},   {1, 9, 1},    {9, 1, 9},    {0, 3, 2},
                           {3, 0, 2},   {2, 3, 0},    {0, 0, 0},    {2, 3, 4},
                           {31, 7, 63}, {32, 64, 64}, {33, 65, 65}, {1, 5, 200},
                           {97, 2, 1},  {67, 53, 131}};

Matrix matrix_of(int rows, int columns, const Formula& formula) {
    Matrix matrix(rows, columns);
    for (int i = 0; i < rows; ++i) {
        for (int j = 0; j < columns; ++j) matrix.at(i, j) = formula(i, j);
    }
    return matrix;
}

/// The product, made where something else was.
Matrix product(const Matrix& a, const Matrix& b) {
    Matrix c = matrix_of(a.rows(), b.columns(), [](int, int) {
        return std::numeric_limits<double>::quiet_NaN();
    });
    multiply(a, b, c);
    return c;
}

void expect_matrix(const Matrix& matrix, const Formula& expected) {
    for (int i = 0; i < matrix.rows(); ++i) {
        for (int j = 0; j < matrix.columns(); ++j) {
            ASSERT_EQ(matrix.at(i, j), expected(i, j))
                << "row " << i << ", column " << j << " of " << matrix.rows()
                << " x " << matrix.columns();
        }
    }
}

/// Looks random, the same everywhere: whole numbers from -50 to 50.
double noise(int i, int j) { return (i * 7919 + j * 104'729) % 101 - 50; }

}  // namespace

TEST(MatrixTest, AProductByHand) {
    //           7  8
    //           9 10
    //          11 12
    // 1 2 3    58 64
    // 4 5 6   139 154
    const double left[2][3] = {{1, 2, 3}, {4, 5, 6}};
    const double right[3][2] = {{7, 8}, {9, 10}, {11, 12}};
    const double both[2][2] = {{58, 64}, {139, 154}};
    for_each_team([&] {
        expect_matrix(
            product(matrix_of(2, 3, [&](int i, int k) { return left[i][k]; }),
                    matrix_of(3, 2, [&](int k, int j) { return right[k][j]; })),
            [&](int i, int j) { return both[i][j]; });
    });
}

// The sum over k of (i + k) (k - j), from the sums of k and of k * k.
TEST(MatrixTest, AFormulaForEverySize) {
    for_each_team([] {
        for (const auto& [rows, inner, columns] : sizes) {
            const double n = inner;
            const double sum = n * (n - 1) / 2;
            const double squares = (n - 1) * n * (2 * n - 1) / 6;
            expect_matrix(
                product(
                    matrix_of(rows, inner, [](int i, int k) { return i + k; }),
                    matrix_of(inner, columns,
                              [](int k, int j) { return k - j; })),
                [&](int i, int j) {
                    return squares + (i - j) * sum - i * j * n;
                });
        }
    });
}

// With one 1 in each row, a product has the rows of the other matrix, each in
// another place.
TEST(MatrixTest, APermutationMovesTheRows) {
    constexpr int size = 71;
    const auto from = [](int i) { return (i * 3 + 5) % size; };
    for_each_team([&] {
        expect_matrix(product(matrix_of(size, size,
                                        [&](int i, int k) {
                                            return k == from(i) ? 1.0 : 0.0;
                                        }),
                              matrix_of(size, 66, noise)),
                      [&](int i, int j) { return noise(from(i), j); });
    });
}

// (A B) x is A (B x): two matrices times vectors, whole numbers below 2^53.
TEST(MatrixTest, TimesAVectorItIsAsOneMatrixAfterTheOther) {
    const auto times = [](const Matrix& matrix,
                          const std::vector<std::int64_t>& vector) {
        std::vector<std::int64_t> result(
            static_cast<std::size_t>(matrix.rows()));
        for (int i = 0; i < matrix.rows(); ++i) {
            for (int j = 0; j < matrix.columns(); ++j) {
                result[i] +=
                    static_cast<std::int64_t>(matrix.at(i, j)) * vector[j];
            }
        }
        return result;
    };
    for_each_team([&] {
        for (const auto& [rows, inner, columns] : sizes) {
            const Matrix a = matrix_of(rows, inner, noise);
            const Matrix b = matrix_of(inner, columns, noise);
            std::vector<std::int64_t> x(static_cast<std::size_t>(columns));
            for (int j = 0; j < columns; ++j) x[j] = j * j % 1009 - 300;
            EXPECT_EQ(times(product(a, b), x), times(a, times(b, x)))
                << rows << " x " << inner << " x " << columns;
        }
    });
}

// Fractions are rounded, and still every bit is promised: a large number hides
// the small ones that are added after it, but not those before it.
TEST(MatrixTest, ProductsAreAddedInTheirOrder) {
    constexpr int inner = 129;
    constexpr double large = 0x1p53;
    for_each_team([] {
        for (const int place : {0, 1, 64, 128}) {
            const Matrix c = product(
                matrix_of(40, inner,
                          [&](int, int k) { return k == place ? large : 1.0; }),
                matrix_of(inner, 70, [](int, int) { return 1.0; }));
            // After `place` ones comes the large number, and then ones count
            // no more. 2^53 + 1 is no double: it is rounded to 2^53.
            const double expected = place == 1 ? large : large + place;
            expect_matrix(c, [&](int, int) { return expected; });
        }
    });
}

TEST(MatrixTest, ARowIsTogetherInMemory) {
    Matrix matrix(2, 3);
    matrix.at(1, 2) = 5.0;
    matrix.row(0)[1] = 4.0;
    const std::vector<double> expected = {0, 4, 0, 0, 0, 5};
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(),
                           matrix.numbers().begin(), matrix.numbers().end()));
    EXPECT_EQ(matrix.row(1).size(), 3U);
}
