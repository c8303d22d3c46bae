#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "lessons/12_mandelbrot/mandelbrot.hpp"
#include "tests/support/escape_time.hpp"
#include "tests/support/teams.hpp"
#include "tests/support/work_logs.hpp"

namespace {

/// The whole set, a close view of its edge, one all inside and one all
/// outside; empty ones, single rows and columns, odd and prime sizes.
const std::array<View, 11> views = {{
    {-0.65, -0.5, 2.25, 61, 41},
    {-0.743643, 0.131826, 0.005, 37, 29},
    {-0.1, 0.1, 0.01, 13, 7},
    {5.0, 5.0, 1.0, 13, 7},
    {-0.65, -0.5, 2.25, 0, 0},
    {-0.65, -0.5, 2.25, 0, 5},
    {-0.65, -0.5, 2.25, 5, 0},
    {-0.65, -0.5, 2.25, 1, 1},
    {-0.65, -0.5, 2.25, 1, 64},
    {-0.65, -0.5, 2.25, 64, 1},
    {-0.65, -0.5, 2.25, 3, 2},
}};

/// Computes the view, with a log that is on, and expects every pixel to have
/// its point's escape time and every row to be in the log.
void expect_right(const View& view, int max_iterations) {
    EscapeTimes result(view);
    WorkLog log(view.height);
    mandelbrot(view, max_iterations, result, log);
    expect_complete(log, view.height);
    expect_escape_times(view, max_iterations,
                        [&](int x, int y) { return result.row(y)[x]; });
}

}  // namespace

TEST(MandelbrotTest, ColumnsAndRowsAreSampledInTheirMiddle) {
    // Pixels of 1 x 1 around 0: the middles are half a pixel off.
    const View even = {
        .center_x = 0.0, .center_y = 0.0, .span = 4.0, .width = 4, .height = 2};
    EXPECT_EQ(even.real(0), -1.5);
    EXPECT_EQ(even.real(3), 1.5);
    EXPECT_EQ(even.imaginary(0), 0.5);
    EXPECT_EQ(even.imaginary(1), -0.5);

    // Pixels of 2 x 2 around (1, -1), which is the middle one's middle.
    const View odd = {.center_x = 1.0,
                      .center_y = -1.0,
                      .span = 6.0,
                      .width = 3,
                      .height = 3};
    EXPECT_EQ(odd.real(0), -1.0);
    EXPECT_EQ(odd.real(1), 1.0);
    EXPECT_EQ(odd.real(2), 3.0);
    EXPECT_EQ(odd.imaginary(0), 1.0);
    EXPECT_EQ(odd.imaginary(1), -1.0);
    EXPECT_EQ(odd.imaginary(2), -3.0);
}

TEST(MandelbrotTest, KnownPointsEscapeWhenTheyShould) {
    expect_known_escape_times(escape_time);
}

TEST(MandelbrotTest, EveryPixelHasTheEscapeTimeOfItsPoint) {
    for_each_team([] {
        for (const View& view : views) {
            for (const int max_iterations : {1, 2, 150}) {
                expect_right(view, max_iterations);
            }
        }
    });
}

TEST(MandelbrotTest, NeighboursEscapeAtAnyTimes) {
    // The edge of the set, where a point may stay long beside one that leaves
    // soon. Limits around the numbers of steps that a version makes at a time.
    const View view = {-0.743643, 0.131826, 1e-3, 131, 5};
    for (const int max_iterations : {9, 10, 11, 29, 30, 31, 50, 1000, 1007}) {
        expect_right(view, max_iterations);
    }
}

TEST(MandelbrotTest, PointsOfTheCardioidAndTheDiscNeverEscape) {
    const View view = {-0.75, 0.0, 2.5, 101, 67};
    constexpr int max_iterations = 500;
    for_each_team([&] {
        EscapeTimes result(view);
        WorkLog off;
        mandelbrot(view, max_iterations, result, off);
        expect_inside_to_stay(view, max_iterations,
                              [&](int x, int y) { return result.row(y)[x]; });
    });
}

TEST(MandelbrotTest, NoScheduleChangesTheResult) {
    constexpr int no_chunk = 0;
    const std::array<std::pair<omp_sched_t, int>, 6> schedules = {
        {{omp_sched_static, no_chunk},
         {omp_sched_static, 1},
         {omp_sched_dynamic, no_chunk},
         {omp_sched_dynamic, 16},
         {omp_sched_guided, no_chunk},
         {omp_sched_auto, no_chunk}}};

    std::pair<omp_sched_t, int> before;
    omp_get_schedule(&before.first, &before.second);
    for_each_team([&] {
        for (const auto& [kind, chunk] : schedules) {
            SCOPED_TRACE(testing::Message()
                         << "schedule " << kind << ", " << chunk);
            omp_set_schedule(kind, chunk);
            for (const View& view : views) expect_right(view, 50);
        }
    });
    omp_set_schedule(before.first, before.second);
}
