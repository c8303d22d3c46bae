#include <gtest/gtest.h>

#include <array>
#include <complex>
#include <numbers>
#include <vector>

#include "lessons/22_accelerator/accelerator.hpp"
#include "tests/support/escape_time.hpp"
#include "tests/support/teams.hpp"

namespace {

using Point = std::complex<double>;

/// Every pixel's escape time, row after row, where -1 was before.
std::vector<int> times_of(const View& view, int limit) {
    std::vector<int> times(static_cast<std::size_t>(view.width * view.height),
                           -1);
    const Steps steps = mandelbrot(view, limit, times);
    EXPECT_GE(steps.there, 0.0);
    EXPECT_GE(steps.computing, 0.0);
    EXPECT_GE(steps.back, 0.0);
    return times;
}

}  // namespace

TEST(AcceleratorTest, KnownPointsEscapeWhenTheyShould) {
    EXPECT_EQ(escape_time(2.0, 0.0, 100), 1);     // 2, 6
    EXPECT_EQ(escape_time(3.0, 0.0, 100), 0);     // 3
    EXPECT_EQ(escape_time(1.0, 1.0, 100), 1);     // 1+i, 1+3i
    EXPECT_EQ(escape_time(0.5, 0.0, 100), 4);     // 0.5, 0.75, 1.06, 1.63, 3.15
    EXPECT_EQ(escape_time(0.0, 0.0, 100), 100);   // 0 for ever
    EXPECT_EQ(escape_time(-2.0, 0.0, 100), 100);  // -2, 2, 2, ...
    EXPECT_EQ(escape_time(0.0, 1.0, 100), 100);   // i, -1+i, -i, -1+i, ...
    EXPECT_EQ(escape_time(0.5, 0.0, 3), 3);
}

TEST(AcceleratorTest, EveryPixelHasTheEscapeTimeOfItsPoint) {
    constexpr int limit = 60;
    constexpr std::array<std::pair<int, int>, 7> sizes = {
        {{61, 41}, {0, 0}, {0, 5}, {1, 1}, {1, 64}, {64, 1}, {7, 17}}};
    for_each_team([&] {
        for (const auto& [width, height] : sizes) {
            View view;
            view.width = width;
            view.height = height;
            const std::vector<int> times = times_of(view, limit);
            for (int i = 0; i < width * height; ++i) {
                const Point c = {view.real(i % width),
                                 view.imaginary(i / width)};
                ASSERT_EQ(times[i], slow_escape_time(c, c, limit)) << c;
            }
        }
    });
}

TEST(AcceleratorTest, ThePixelsOfAViewAreWhereTheyShouldBe) {
    const View view = {
        .center_x = 1.0, .center_y = 2.0, .span = 8.0, .width = 4, .height = 2};
    EXPECT_EQ(view.real(0), -2.0);
    EXPECT_EQ(view.real(3), 4.0);
    EXPECT_EQ(view.imaginary(0), 3.0);
    EXPECT_EQ(view.imaginary(1), 1.0);
}

TEST(AcceleratorTest, PointsOfTheCardioidAndTheDiscNeverEscape) {
    const View view = {-0.75, 0.0, 2.5, 101, 67};
    constexpr int limit = 500;
    const std::vector<int> times = times_of(view, limit);
    int inside = 0;
    for (int i = 0; i < view.width * view.height; ++i) {
        const Point c = {view.real(i % view.width),
                         view.imaginary(i / view.width)};
        if (!is_surely_inside(c)) continue;
        ++inside;
        ASSERT_EQ(times[i], limit) << c;
    }
    // The cardioid's area is 3/8 pi, the disc's 1/16 pi.
    const double side = view.span / view.width;
    EXPECT_NEAR(inside * side * side, 7.0 / 16.0 * std::numbers::pi, 0.02);
}
