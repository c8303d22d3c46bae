// One process; several are tried by tests/places/cluster.sh.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "lessons/21_cluster/cluster.hpp"
#include "tests/support/escape_time.hpp"
#include "tests/support/teams.hpp"
#include "tests/support/work_logs.hpp"

namespace {

using Point = std::complex<double>;

View view_of(int width, int height) {
    View view;
    view.width = width;
    view.height = height;
    return view;
}

}  // namespace

TEST(ClusterTest, KnownPointsEscapeWhenTheyShould) {
    EXPECT_EQ(escape_time(2.0, 0.0, 100), 1);     // 2, 6
    EXPECT_EQ(escape_time(3.0, 0.0, 100), 0);     // 3
    EXPECT_EQ(escape_time(1.0, 1.0, 100), 1);     // 1+i, 1+3i
    EXPECT_EQ(escape_time(0.5, 0.0, 100), 4);     // 0.5, 0.75, 1.06, 1.63, 3.15
    EXPECT_EQ(escape_time(0.0, 0.0, 100), 100);   // 0 for ever
    EXPECT_EQ(escape_time(-2.0, 0.0, 100), 100);  // -2, 2, 2, ...
    EXPECT_EQ(escape_time(0.0, 1.0, 100), 100);   // i, -1+i, -i, -1+i, ...
    EXPECT_EQ(escape_time(0.5, 0.0, 3), 3);
}

TEST(ClusterTest, EveryPixelHasTheEscapeTimeOfItsPoint) {
    constexpr int limit = 60;
    constexpr std::array<std::pair<int, int>, 7> sizes = {
        {{61, 41}, {0, 0}, {0, 5}, {1, 1}, {1, 64}, {64, 1}, {7, 17}}};
    for_each_team([&] {
        for (const Sharing sharing : {Sharing::blocks, Sharing::queue}) {
            for (const auto& [width, height] : sizes) {
                const View view = view_of(width, height);
                EscapeTimes result(width, height);
                WorkLog log(height);
                const Share share =
                    mandelbrot(view, limit, sharing, result, log);
                EXPECT_EQ(share.rows, height);
                expect_complete(log, height);
                for (int y = 0; y < height; ++y) {
                    for (int x = 0; x < width; ++x) {
                        const Point c = {view.real(x), view.imaginary(y)};
                        ASSERT_EQ(result.row(y)[x],
                                  slow_escape_time(c, c, limit))
                            << c;
                    }
                }
            }
        }
    });
}

TEST(ClusterTest, PointsOfTheCardioidAndTheDiscNeverEscape) {
    const View view = {-0.75, 0.0, 2.5, 101, 67};
    constexpr int limit = 500;
    EscapeTimes result(view.width, view.height);
    WorkLog off;
    mandelbrot(view, limit, Sharing::queue, result, off);
    int inside = 0;
    for (int y = 0; y < view.height; ++y) {
        for (int x = 0; x < view.width; ++x) {
            const Point c = {view.real(x), view.imaginary(y)};
            if (!is_surely_inside(c)) continue;
            ++inside;
            ASSERT_EQ(result.row(y)[x], limit) << c;
        }
    }
    // The cardioid's area is 3/8 pi, the disc's 1/16 pi.
    const double side = view.span / view.width;
    EXPECT_NEAR(inside * side * side, 7.0 / 16.0 * std::numbers::pi, 0.02);
}

TEST(ClusterTest, BlocksOfTenRowsForFourProcesses) {
    constexpr std::array<Rows, 4> expected = {
        {{0, 2}, {2, 5}, {5, 7}, {7, 10}}};
    for (int number = 0; number < 4; ++number) {
        const Rows rows = block(10, {.number = number, .count = 4});
        EXPECT_EQ(rows.begin, expected[number].begin);
        EXPECT_EQ(rows.end, expected[number].end);
    }
}

TEST(ClusterTest, BlocksFollowEachOtherAndAreEqualButForOneRow) {
    for (int rows = 0; rows < 40; ++rows) {
        for (int count = 1; count < 9; ++count) {
            int next = 0;
            for (int number = 0; number < count; ++number) {
                const Rows one =
                    block(rows, {.number = number, .count = count});
                EXPECT_EQ(one.begin, next);
                EXPECT_GE(one.size(), rows / count);
                EXPECT_LE(one.size(), rows / count + 1);
                next = one.end;
            }
            EXPECT_EQ(next, rows);
        }
    }
}

TEST(ClusterTest, TheQueueHandsOutEveryRowOnce) {
    for (const int rows : {0, 1, 15, 16, 17, 100}) {
        RowQueue queue(rows);
        int next = 0;
        while (const auto taken = queue.take()) {
            EXPECT_EQ(taken->begin, next);
            EXPECT_GT(taken->size(), 0);
            EXPECT_LE(taken->size(), 16);
            next = taken->end;
        }
        EXPECT_EQ(next, rows);
        EXPECT_FALSE(queue.take());
    }
}
