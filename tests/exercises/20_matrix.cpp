#include <algorithm>
#include <limits>

#include "lessons/20_matrix/matrix.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

/// Whole numbers from -8 to 8, the same everywhere: nothing is rounded.
Matrix noisy_matrix(int rows, int columns) {
    Matrix matrix(rows, columns);
    for (int i = 0; i < rows; ++i) {
        for (int j = 0; j < columns; ++j) {
            matrix.at(i, j) = (i * 7919 + j * 104'729) % 17 - 8;
        }
    }
    return matrix;
}

/// Where something else was.
Matrix products_of(const Matrix& a, WorkLog& log) {
    Matrix c(a.columns(), a.columns());
    for (int i = 0; i < c.rows(); ++i) {
        for (double& number : c.row(i)) {
            number = std::numeric_limits<double>::quiet_NaN();
        }
    }
    multiply_columns(a, c, log);
    return c;
}

/// Has the columns multiplied, and compares every number. What it says is read
/// by a student.
void expect_products(int rows, int columns, WorkLog& log) {
    const Matrix a = noisy_matrix(rows, columns);
    const Matrix c = products_of(a, log);
    for (int i = 0; i < columns; ++i) {
        for (int j = 0; j < columns; ++j) {
            std::int64_t expected = 0;
            for (int k = 0; k < rows; ++k) {
                expected += static_cast<std::int64_t>(a.at(k, i)) *
                            static_cast<std::int64_t>(a.at(k, j));
            }
            if (c.at(i, j) == static_cast<double>(expected)) continue;
            FAIL() << "of a matrix of " << rows << " x " << columns
                   << ", column " << i << " times column " << j << " is "
                   << expected << ", not " << c.at(i, j);
        }
    }
}

}  // namespace

TEST(Correct, ThreeColumnsByHand) {
    for_each_team([] {
        // 1 2 0
        // 3 4 5
        Matrix a(2, 3);
        a.at(0, 0) = 1;
        a.at(0, 1) = 2;
        a.at(1, 0) = 3;
        a.at(1, 1) = 4;
        a.at(1, 2) = 5;
        WorkLog log;
        const Matrix c = products_of(a, log);
        const double expected[3][3] = {
            {10, 14, 15}, {14, 20, 20}, {15, 20, 25}};
        for (int i = 0; i < 3; ++i) {
            for (int j = 0; j < 3; ++j) {
                EXPECT_EQ(c.at(i, j), expected[i][j])
                    << "row " << i << ", column " << j;
            }
        }
    });
}

TEST(Correct, MatricesOfEverySize) {
    for_each_team([] {
        if (testing::Test::HasFailure()) return;  // one message is enough
        for (const auto& [rows, columns] : {std::pair{1, 1},
                                            {1, 9},
                                            {9, 1},
                                            {0, 3},
                                            {3, 0},
                                            {2, 5},
                                            {40, 31},
                                            {13, 97}}) {
            WorkLog log;
            expect_products(rows, columns, log);
        }
    });
}

// A large number hides the ones that are added after it.
TEST(Correct, ProductsAreAddedInTheOrderOfK) {
    constexpr int rows = 100;
    constexpr int ones_before = 40;
    for_each_team([] {
        Matrix a(rows, 33);
        for (int k = 0; k < rows; ++k) {
            for (double& number : a.row(k)) {
                number = k == ones_before ? 0x1p27 : 1.0;
            }
        }
        WorkLog log;
        const Matrix c = products_of(a, log);
        for (int i = 0; i < c.rows(); ++i) {
            for (int j = 0; j < c.columns(); ++j) {
                if (c.at(i, j) == 0x1p54 + ones_before) continue;
                FAIL() << "in row " << i << ", column " << j
                       << " the products were not added in the order of k, "
                          "from 0 up: which of the loops did you share?";
            }
        }
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    constexpr int columns = 60;
    expect_shared_items(
        columns, [&](WorkLog& log) { expect_products(20, columns, log); });
}

TEST(RaceFree, OnASmallMatrix) {
    const Matrix a = noisy_matrix(15, 60);
    Matrix c(a.columns(), a.columns());
    repeat_for_race_detector(
        c.rows(), [&](WorkLog& log) { multiply_columns(a, c, log); });
}

TEST(Fast, OnAMatrixInTheCache) {
    constexpr int rows = 250;
    constexpr int columns = 500;
    const Matrix a = noisy_matrix(rows, columns);
    Matrix c(columns, columns);
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {  // along the rows, on one thread
            for (int i = 0; i < columns; ++i) {
                const auto sums = c.row(i).first(i + 1);
                std::fill(sums.begin(), sums.end(), 0.0);
                for (int k = 0; k < rows; ++k) {
                    const double factor = a.at(k, i);
                    const auto row = a.row(k);
                    for (int j = 0; j <= i; ++j) sums[j] += factor * row[j];
                }
                for (int j = 0; j < i; ++j) c.at(j, i) = sums[j];
            }
        },
        [&] { multiply_columns(a, c, log); });
}
