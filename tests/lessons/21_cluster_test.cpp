// One process; several are tried by tests/places/cluster.sh.

#include <gtest/gtest.h>

#include <array>

#include "lessons/21_cluster/cluster.hpp"
#include "tests/support/escape_time.hpp"
#include "tests/support/teams.hpp"
#include "tests/support/work_logs.hpp"

namespace {

View view_of(int width, int height) {
    View view;
    view.width = width;
    view.height = height;
    return view;
}

}  // namespace

TEST(ClusterTest, KnownPointsEscapeWhenTheyShould) {
    expect_known_escape_times(escape_time);
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
                expect_escape_times(view, limit, [&](int x, int y) {
                    return result.row(y)[x];
                });
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
    expect_inside_to_stay(view, limit,
                          [&](int x, int y) { return result.row(y)[x]; });
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
