#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "lessons/22_accelerator/accelerator.hpp"
#include "tests/support/escape_time.hpp"
#include "tests/support/teams.hpp"

namespace {

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
    expect_known_escape_times(escape_time);
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
            expect_escape_times(view, limit, [&](int x, int y) {
                return times[y * view.width + x];
            });
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
    expect_inside_to_stay(
        view, limit, [&](int x, int y) { return times[y * view.width + x]; });
}
