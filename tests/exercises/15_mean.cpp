#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "lessons/15_mean/mean.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

using Numbers = std::vector<double>;

struct Spread {
    Numbers least;
    Numbers greatest;
    Numbers variance;
};

Spread spread_of(const Matrix& matrix, WorkLog& log) {
    constexpr double wrong = 12'345.0;
    const Numbers nothing_right(static_cast<std::size_t>(matrix.columns()),
                                wrong);
    Spread spread = {nothing_right, nothing_right, nothing_right};
    column_spread(matrix, spread.least.data(), spread.greatest.data(),
                  spread.variance.data(), log);
    return spread;
}

Matrix random_matrix(std::int64_t rows, std::int64_t columns,
                     double from = -0.5) {
    Matrix matrix(rows, columns);
    for (std::int64_t i = 0; i < rows * columns; ++i) {
        matrix.row(0)[i] = from + random_number(static_cast<std::uint64_t>(i));
    }
    return matrix;
}

/// Compares with the column sorted, and with the variance from the distances of
/// all pairs: the sum of (a - b)^2 over all pairs a, b, divided by the number
/// of rows squared. No mean is needed for that.
void expect_spread(const Spread& spread, const Matrix& matrix) {
    const std::int64_t rows = matrix.rows();
    for (std::int64_t x = 0; x < matrix.columns(); ++x) {
        Numbers column;
        for (std::int64_t y = 0; y < rows; ++y) {
            column.push_back(matrix.row(y)[x]);
        }
        std::sort(column.begin(), column.end());
        double pairs = 0.0;
        for (std::size_t i = 0; i < column.size(); ++i) {
            for (std::size_t j = i + 1; j < column.size(); ++j) {
                pairs += (column[j] - column[i]) * (column[j] - column[i]);
            }
        }
        const double variance = pairs / static_cast<double>(rows * rows);
        ASSERT_EQ(spread.least[x], column.front()) << "least of column " << x;
        ASSERT_EQ(spread.greatest[x], column.back())
            << "greatest of column " << x;
        ASSERT_NEAR(spread.variance[x], variance, 1e-9 * variance)
            << "variance of column " << x;
    }
}

}  // namespace

TEST(Correct, AKnownMatrix) {
    for_each_team([] {
        Matrix matrix(4, 3);
        const std::array<double, 12> numbers = {2, -7, 5, 4, -7, -5,
                                                4, -7, 5, 6, -7, -5};
        std::copy(numbers.begin(), numbers.end(), matrix.row(0));
        WorkLog log;
        const Spread spread = spread_of(matrix, log);
        EXPECT_EQ(spread.least, (Numbers{2, -7, -5}));
        EXPECT_EQ(spread.greatest, (Numbers{6, -7, 5}));
        EXPECT_EQ(spread.variance, (Numbers{2, 0, 25}));
    });
}

TEST(Correct, MatricesOfEverySize) {
    for (const auto& [rows, columns] : {std::array<std::int64_t, 2>{1, 1},
                                        {1, 9},
                                        {2, 3},
                                        {3, 2},
                                        {7, 64},
                                        {64, 7},
                                        {101, 17}}) {
        const Matrix matrix = random_matrix(rows, columns);
        for_each_team([&matrix] {
            WorkLog log;
            expect_spread(spread_of(matrix, log), matrix);
        });
    }
}

// The mean of the squares less the square of the mean loses too many digits.
TEST(Correct, NumbersThatAreFarFromZero) {
    const Matrix matrix = random_matrix(60, 5, 10'000.0);
    for_each_team([&matrix] {
        WorkLog log;
        expect_spread(spread_of(matrix, log), matrix);
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    const Matrix matrix = random_matrix(64, 5);
    expect_shared_items(2 * matrix.rows(), [&](WorkLog& log) {
        expect_spread(spread_of(matrix, log), matrix);
    });
}

TEST(RaceFree, OnASmallMatrix) {
    const Matrix matrix = random_matrix(64, 5);
    repeat_for_race_detector(2 * matrix.rows(),
                             [&](WorkLog& log) { spread_of(matrix, log); });
}

TEST(Fast, OnALargeMatrix) {
    constexpr std::int64_t rows = 10'000;
    constexpr std::int64_t columns = 1000;
    const Matrix matrix = random_matrix(rows, columns);
    WorkLog log;
    Numbers least(columns);
    Numbers greatest(columns);
    Numbers sums(columns);
    measure_speedup(
        Limit::memory,
        [&] {  // two passes with about as much work, on one thread
            for (std::int64_t y = 0; y < rows; ++y) {
                const double* row = matrix.row(y);
                for (std::int64_t x = 0; x < columns; ++x) {
                    least[x] = std::min(least[x], row[x]);
                    greatest[x] = std::max(greatest[x], row[x]);
                    sums[x] += row[x];
                }
            }
            for (std::int64_t y = 0; y < rows; ++y) {
                const double* row = matrix.row(y);
                for (std::int64_t x = 0; x < columns; ++x) {
                    sums[x] += (row[x] - least[x]) * (row[x] - least[x]);
                }
            }
        },
        [&] { spread_of(matrix, log); });
}
