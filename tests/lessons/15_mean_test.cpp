#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "lessons/15_mean/mean.hpp"
#include "tests/support/teams.hpp"

namespace {

constexpr std::array<std::array<std::int64_t, 2>, 9> sizes = {{{1, 1},
                                                               {1, 9},
                                                               {9, 1},
                                                               {2, 3},
                                                               {3, 2},
                                                               {7, 64},
                                                               {64, 7},
                                                               {101, 17},
                                                               {1000, 33}}};

std::vector<double> means_of(const Matrix& matrix) {
    constexpr double wrong = -1e300;
    std::vector<double> means(static_cast<std::size_t>(matrix.columns()),
                              wrong);
    column_means(matrix, means.data());
    return means;
}

Matrix random_matrix(std::int64_t rows, std::int64_t columns) {
    Matrix matrix(rows, columns);
    for (std::int64_t i = 0; i < rows * columns; ++i) {
        matrix.row(0)[i] = random_number(static_cast<std::uint64_t>(i));
    }
    return matrix;
}

/// The mean of a column with a correction for what each addition lost
/// (Kahan, Further Remarks on Reducing Truncation Errors, 1965).
double compensated_mean(const Matrix& matrix, std::int64_t x) {
    double sum = 0.0;
    double lost = 0.0;
    for (std::int64_t y = 0; y < matrix.rows(); ++y) {
        const double next = matrix.row(y)[x] - lost;
        const double new_sum = sum + next;
        lost = (new_sum - sum) - next;
        sum = new_sum;
    }
    return sum / static_cast<double>(matrix.rows());
}

}  // namespace

TEST(MeanTest, AKnownMatrix) {
    for_each_team([] {
        Matrix matrix(4, 3);
        const std::array<double, 12> numbers = {1, -1, 0.5,   //
                                                2, 1,  0.5,   //
                                                3, -1, 0.25,  //
                                                4, 1,  -0.25};
        std::copy(numbers.begin(), numbers.end(), matrix.row(0));
        EXPECT_EQ(means_of(matrix), (std::vector<double>{2.5, 0, 0.25}));
    });
}

// Small whole numbers are added exactly in any order: row y, column x holds
// y * (x + 1), so the mean is (x + 1) * (rows - 1) / 2.
TEST(MeanTest, WholeNumbersAreExact) {
    for_each_team([] {
        for (const auto& [rows, columns] : sizes) {
            Matrix matrix(rows, columns);
            for (std::int64_t y = 0; y < rows; ++y) {
                for (std::int64_t x = 0; x < columns; ++x) {
                    matrix.row(y)[x] = static_cast<double>(y * (x + 1));
                }
            }
            const std::vector<double> means = means_of(matrix);
            for (std::int64_t x = 0; x < columns; ++x) {
                const auto twice = static_cast<double>((x + 1) * (rows - 1));
                ASSERT_EQ(means[x], twice / 2)
                    << "column " << x << " of " << rows << " x " << columns;
            }
        }
    });
}

TEST(MeanTest, RandomNumbersAreWithinTheBoundOfTheContract) {
    for (const auto& [rows, columns] : sizes) {
        const Matrix matrix = random_matrix(rows, columns);
        for_each_team([&, rows = rows, columns = columns] {
            const std::vector<double> means = means_of(matrix);
            const double bound = static_cast<double>(rows) *
                                 std::numeric_limits<double>::epsilon();
            for (std::int64_t x = 0; x < columns; ++x) {
                const double expected = compensated_mean(matrix, x);
                ASSERT_NEAR(means[x], expected, bound * expected)
                    << "column " << x << " of " << rows << " x " << columns;
            }
        });
    }
}

// The matrix's numbers from random_number(), and what it takes to be seen.
TEST(MeanTest, ANumberThatIsMissingIsSeen) {
    for_each_team([] {
        Matrix matrix = random_matrix(100, 40);
        matrix.row(99)[39] += 1000.0;
        const std::vector<double> means = means_of(matrix);
        EXPECT_GT(means[39], 10.0);
        EXPECT_LT(means[38], 1.0);
    });
}

// Vigna's splitmix64.c, seeded with 0, as published in many test suites.
TEST(RandomTest, TheFirstBitsAreThePublishedOnes) {
    EXPECT_EQ(random_bits(0), 0xE220A8397B1DCDAFU);
    EXPECT_EQ(random_bits(1), 0x6E789E6AA1B965F4U);
    EXPECT_EQ(random_bits(2), 0x06C45D188009454FU);
    EXPECT_EQ(random_bits(3), 0xF88BB8A8724C81ECU);
}

TEST(RandomTest, NumbersAreTheUpperBitsFrom0ToUnder1) {
    EXPECT_EQ(random_number(0), std::ldexp(0xE220A8397B1DCDAF >> 11, -53));
    double sum = 0.0;
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i) {
        const double number = random_number(static_cast<std::uint64_t>(i));
        ASSERT_GE(number, 0.0);
        ASSERT_LT(number, 1.0);
        sum += number;
    }
    // The standard deviation of this mean is 0.0009.
    EXPECT_NEAR(sum / count, 0.5, 0.005);
}
