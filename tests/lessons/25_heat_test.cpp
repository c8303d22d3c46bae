#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>
#include <vector>

#include "lessons/25_heat/heat.hpp"
#include "lessons/25_heat/parts/stages.hpp"
#include "tests/support/teams.hpp"

namespace {

using Formula = std::function<double(int y, int x)>;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Sides of plates: one point, one row, one column, fewer rows than threads,
/// primes.
constexpr std::pair<int, int> sizes[] = {{1, 1}, {1, 9}, {9, 1},  {2, 3},
                                         {3, 2}, {5, 7}, {13, 31}};

Plate plate_of(int rows, int columns, const Formula& formula) {
    Plate plate(rows, columns);
    for (int y = 0; y <= rows + 1; ++y) {
        for (int x = 0; x <= columns + 1; ++x) plate.at(y, x) = formula(y, x);
    }
    return plate;
}

/// Warms a plate that begins as the formula says.
Plate warmed(int rows, int columns, const Formula& formula, int steps) {
    Plate plate = plate_of(rows, columns, formula);
    // Its edge is the plate's; nothing inside it may be read.
    Plate next = plate_of(rows, columns, [&](int y, int x) {
        const bool inside = y >= 1 && y <= rows && x >= 1 && x <= columns;
        return inside ? infinity : formula(y, x);
    });
    const Heated found = heat(plate, next, -1.0, steps);
    EXPECT_EQ(found.steps, steps);
    return plate;
}

/// Looks random, the same everywhere; from 0 to 100.
double noise(int y, int x) { return (y * 7919 + x * 104'729) % 101; }

/// The wave that has zeros on the edge, p halves of it down and q across.
double wave(int rows, int columns, int p, int q, int y, int x) {
    constexpr double pi = std::numbers::pi;
    return std::sin(pi * p * y / (rows + 1)) *
           std::sin(pi * q * x / (columns + 1));
}

/// The mean of four neighbours makes such a wave smaller by this factor, and
/// changes nothing else of it (J. Demmel, Applied Numerical Linear Algebra,
/// 1997, chapter 6: Jacobi's method for Poisson's equation).
double factor(int rows, int columns, int p, int q) {
    constexpr double pi = std::numbers::pi;
    return (std::cos(pi * p / (rows + 1)) + std::cos(pi * q / (columns + 1))) /
           2.0;
}

}  // namespace

TEST(HeatTest, OneStepByHand) {
    for_each_team([] {
        //  .  8  4  .
        // 16  0  8 12
        //  . 20  0  .
        const double numbers[3][4] = {
            {1, 8, 4, 1}, {16, 0, 8, 12}, {1, 20, 0, 1}};
        const auto formula = [&](int y, int x) { return numbers[y][x]; };
        Plate plate = plate_of(1, 2, formula);
        Plate next = plate_of(1, 2, formula);
        const Heated found = heat(plate, next, 0.0, 1);
        EXPECT_EQ(plate.at(1, 1), 13.0);  // (8 + 20 + 16 + 8) / 4
        EXPECT_EQ(plate.at(1, 2), 4.0);   // (4 + 0 + 0 + 12) / 4
        EXPECT_EQ(found.steps, 1);
        EXPECT_EQ(found.change, 13.0);
        for (const auto& [y, x] : {std::pair{0, 1}, {1, 0}, {1, 3}, {2, 1}}) {
            EXPECT_EQ(plate.at(y, x), numbers[y][x])
                << "edge " << y << " " << x;
        }
    });
}

// The exact solution of many steps: a wave that fades.
TEST(HeatTest, AWaveFadesByItsFactorInEachStep) {
    constexpr int steps = 40;
    for_each_team([] {
        for (const auto& [rows, columns] : sizes) {
            for (const auto& [p, q] : {std::pair{1, 1}, {2, 1}, {1, 3}}) {
                const Plate plate = warmed(
                    rows, columns,
                    [&, rows = rows, columns = columns, p = p, q = q](int y,
                                                                      int x) {
                        return wave(rows, columns, p, q, y, x);
                    },
                    steps);
                const double fades =
                    std::pow(factor(rows, columns, p, q), steps);
                for (int y = 1; y <= rows; ++y) {
                    for (int x = 1; x <= columns; ++x) {
                        // Each step rounds four times.
                        ASSERT_NEAR(plate.at(y, x),
                                    fades * wave(rows, columns, p, q, y, x),
                                    (4 * steps + 20) * 0x1p-53)
                            << rows << " x " << columns << ", wave " << p
                            << ", " << q << " at " << y << ", " << x;
                    }
                }
            }
        }
    });
}

// Its change from step k to k + 1 is (1 - factor) * factor^k of its crest.
TEST(HeatTest, TheStepsEndWhereTheChangeIsWithinTheLimit) {
    constexpr int rows = 13;
    constexpr int columns = 31;
    constexpr double limit = 1e-3;
    const double fades = factor(rows, columns, 1, 1);
    const auto formula = [](int y, int x) {
        return wave(rows, columns, 1, 1, y, x);
    };
    int steps = 1;
    double change = 1.0 - fades;  // the middle point is the crest, 1
    while (change > limit) {
        change *= fades;
        ++steps;
    }
    for_each_team([&] {
        Plate plate = plate_of(rows, columns, formula);
        Plate next = plate_of(rows, columns, formula);
        const Heated found = heat(plate, next, limit, 100'000);
        EXPECT_EQ(found.steps, steps);
        EXPECT_NEAR(found.change, change, 1e-12);
    });
    EXPECT_GT(steps, 50);
}

TEST(HeatTest, WhatIsInBalanceStaysAndEndsAfterOneStep) {
    for_each_team([] {
        for (const auto& [rows, columns] : sizes) {
            // x * y is the mean of its neighbours, exactly.
            const auto formula = [](int y, int x) {
                return static_cast<double>(x * y);
            };
            Plate plate = plate_of(rows, columns, formula);
            Plate next = plate_of(rows, columns, formula);
            const Heated found = heat(plate, next, 0.0, 1000);
            EXPECT_EQ(found.steps, 1);
            EXPECT_EQ(found.change, 0.0);
            for (int y = 1; y <= rows; ++y) {
                for (int x = 1; x <= columns; ++x) {
                    ASSERT_EQ(plate.at(y, x), x * y);
                }
            }
        }
    });
}

// The maximum principle: no point is ever warmer than the warmest at the start,
// or colder than the coldest.
TEST(HeatTest, NothingIsWarmerThanTheWarmest) {
    for_each_team([] {
        for (const auto& [rows, columns] : sizes) {
            double least = 100.0;
            double most = 0.0;
            for (int y = 0; y <= rows + 1; ++y) {
                for (int x = 0; x <= columns + 1; ++x) {
                    least = std::min(least, noise(y, x));
                    most = std::max(most, noise(y, x));
                }
            }
            for (const int steps : {1, 2, 25}) {
                const Plate plate = warmed(rows, columns, noise, steps);
                for (int y = 1; y <= rows; ++y) {
                    for (int x = 1; x <= columns; ++x) {
                        ASSERT_GE(plate.at(y, x), least);
                        ASSERT_LE(plate.at(y, x), most);
                    }
                }
            }
        }
    });
}

// A plate that is mirrored, or turned over its diagonal, warms up the same way,
// bit by bit: no point is used before or after the others.
TEST(HeatTest, AMirroredPlateWarmsUpTheSameWay) {
    constexpr int rows = 13;
    constexpr int columns = 31;
    constexpr int steps = 9;
    for_each_team([] {
        const Plate plate = warmed(rows, columns, noise, steps);
        const Plate mirrored = warmed(
            rows, columns,
            [](int y, int x) { return noise(rows + 1 - y, columns + 1 - x); },
            steps);
        const Plate turned = warmed(
            columns, rows, [](int y, int x) { return noise(x, y); }, steps);
        for (int y = 1; y <= rows; ++y) {
            for (int x = 1; x <= columns; ++x) {
                ASSERT_EQ(plate.at(y, x),
                          mirrored.at(rows + 1 - y, columns + 1 - x));
                ASSERT_EQ(plate.at(y, x), turned.at(x, y));
            }
        }
    });
}

TEST(HeatTest, WithoutAStepNothingHappens) {
    for_each_team([] {
        Plate plate = plate_of(5, 7, noise);
        Plate next(5, 7);
        const Heated found = heat(plate, next, 0.0, 0);
        EXPECT_EQ(found.steps, 0);
        EXPECT_EQ(found.change, infinity);
        EXPECT_EQ(plate.at(3, 4), noise(3, 4));
    });
}

TEST(HeatTest, APictureHasThePointsColoursAndTheStagesAGap) {
    Plate plate = plate_of(2, 3, [](int, int) { return 0.0; });
    plate.at(1, 1) = 100.0;
    plate.at(2, 3) = 50.0;
    const Image image = picture_of(plate);
    ASSERT_EQ(image.width(), 3);
    ASSERT_EQ(image.height(), 2);
    EXPECT_EQ(image.row(0)[0], (Pixel{255, 250, 215}));
    EXPECT_EQ(image.row(1)[2], (Pixel{205, 55, 60}));
    EXPECT_EQ(image.row(0)[1], (Pixel{10, 14, 60}));
    const Image row = side_by_side({image, image});
    ASSERT_EQ(row.width(), 3 + 4 + 3);
    EXPECT_EQ(row.row(0)[3], (Pixel{255, 255, 255}));
    EXPECT_EQ(row.row(0)[7], image.row(0)[0]);
    // Every third point of a large plate.
    const Image large = picture_of(
        plate_of(3, 600, [](int, int x) { return x == 301 ? 100.0 : 0.0; }));
    ASSERT_EQ(large.width(), 200);
    EXPECT_EQ(large.row(0)[100], image.row(0)[0]);
    EXPECT_EQ(large.row(0)[99], image.row(0)[1]);
}
