// What the tests of the lessons that draw the Mandelbrot set expect of it.

#pragma once

#include <gtest/gtest.h>

#include <complex>
#include <numbers>

/// Counts the steps from z to z * z + c, word for word as they are defined,
/// until |z| is above 2, but at most `max_iterations`.
inline int slow_escape_time(std::complex<double> z, std::complex<double> c,
                            int max_iterations) {
    int n = 0;
    while (n < max_iterations && std::abs(z) <= 2.0) {
        z = z * z + c;
        ++n;
    }
    return n;
}

/// Whether c lies in one of the Mandelbrot set's two largest parts, the
/// cardioid and the disc of period 2, for which there are formulas.
inline bool is_surely_inside(std::complex<double> c) {
    const double distance = std::abs(c - 0.25);
    const double cardioid = distance - 2.0 * distance * distance + 0.25;
    return c.real() < cardioid || std::abs(c + 1.0) < 0.25;
}

/// Expects of a function (x, y, max_iterations) what it is by hand.
inline void expect_known_escape_times(int (*escape_time)(double, double, int)) {
    // |z| must exceed 2; to reach it is not enough.
    EXPECT_EQ(escape_time(2.0, 0.0, 100), 1);     // 2, 6
    EXPECT_EQ(escape_time(3.0, 0.0, 100), 0);     // 3
    EXPECT_EQ(escape_time(1.0, 0.0, 100), 2);     // 1, 2, 5
    EXPECT_EQ(escape_time(1.0, 1.0, 100), 1);     // 1+i, 1+3i
    EXPECT_EQ(escape_time(0.5, 0.0, 100), 4);     // 0.5, 0.75, 1.06, 1.63, 3.15
    EXPECT_EQ(escape_time(0.0, -2.5, 100), 0);    // -2.5i
    EXPECT_EQ(escape_time(0.0, 0.0, 100), 100);   // 0 for ever
    EXPECT_EQ(escape_time(-2.0, 0.0, 100), 100);  // -2, 2, 2, ...
    EXPECT_EQ(escape_time(-1.0, 0.0, 100), 100);  // -1, 0, -1, 0, ...
    EXPECT_EQ(escape_time(0.0, 1.0, 100), 100);   // i, -1+i, -i, -1+i, ...
    // What escapes at n counts as inside when only n steps are made.
    EXPECT_EQ(escape_time(0.5, 0.0, 5), 4);
    EXPECT_EQ(escape_time(0.5, 0.0, 3), 3);
    EXPECT_EQ(escape_time(0.5, 0.0, 1), 1);
}

/// Expects time_at(x, y) of each pixel to be the escape time of its point.
template <typename View, typename TimeAt>
void expect_escape_times(const View& view, int max_iterations, TimeAt time_at) {
    for (int y = 0; y < view.height; ++y) {
        for (int x = 0; x < view.width; ++x) {
            const std::complex<double> c = {view.real(x), view.imaginary(y)};
            ASSERT_EQ(time_at(x, y), slow_escape_time(c, c, max_iterations))
                << c << ", at most " << max_iterations;
        }
    }
}

/// Expects time_at(x, y) of each pixel in the cardioid and the disc to be the
/// limit, and these to be as many as the areas say; the view shows both whole.
template <typename View, typename TimeAt>
void expect_inside_to_stay(const View& view, int max_iterations,
                           TimeAt time_at) {
    int inside = 0;
    for (int y = 0; y < view.height; ++y) {
        for (int x = 0; x < view.width; ++x) {
            const std::complex<double> c = {view.real(x), view.imaginary(y)};
            if (!is_surely_inside(c)) continue;
            ++inside;
            ASSERT_EQ(time_at(x, y), max_iterations) << c;
        }
    }
    // The cardioid's area is 3/8 pi, the disc's 1/16 pi.
    const double side = view.span / view.width;
    EXPECT_NEAR(inside * side * side, 7.0 / 16.0 * std::numbers::pi, 0.02);
}
