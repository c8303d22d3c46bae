#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>

/// The part of the complex plane that a picture shows.
///
/// std::fma(a, b, c) is a * b + c, rounded once: see serial.cpp.
struct View {
    double center_x = -0.65;  ///< real part of the picture's centre
    double center_y = -0.5;   ///< imaginary part of the picture's centre
    double span = 2.25;       ///< width of the picture, in the plane
    int width = 600;          ///< in pixels
    int height = 400;         ///< in pixels

    /// The real part of column x, in the middle of the pixel.
    [[nodiscard]] double real(int x) const {
        return std::fma(x + 0.5 - width / 2.0, span / width, center_x);
    }
    /// The imaginary part of row y; row 0 is on top, where it is greatest.
    [[nodiscard]] double imaginary(int y) const {
        return std::fma(height / 2.0 - y - 0.5, span / width, center_y);
    }
};

/// Escape time of the point c = (x, y): the first n >= 0 with |z(n)| > 2, where
/// z(0) = c and z(n+1) = z(n)^2 + c; `max_iterations` where that has not come.
int escape_time(double x, double y, int max_iterations);

/// The seconds of each step, where a version takes them apart.
struct Steps {
    double there = 0.0;      ///< to get memory and send what the loop reads
    double computing = 0.0;  ///< the loop
    double back = 0.0;       ///< to copy the picture back
};

/// Fills `result`, row after row, with the escape time of every pixel of the
/// view: it has width * height numbers.
Steps mandelbrot(const View& view, int max_iterations, std::span<int> result);

/// The exercise's loops. n is the length of a, b and t; i goes from 0 to n - 1.
/// The host has values in a, b, factor and last before, and needs all of them
/// after the loop as it would have made them itself. It never looks at t.
enum class Loop {
    doubled,    ///< b[i] = 2 * a[i];
    added,      ///< a[i] = a[i] + b[i];
    numbered,   ///< a[i] = i;
    corrected,  ///< if (a[i] < 0) b[i] = 0;
    scaled,     ///< a[i] = factor * a[i];
    found,      ///< if (i == n - 1) last = a[i];
    squares,    ///< t[i] = a[i] * a[i]; then, in a second loop on the same
                ///< device, b[i] = t[i] + t[n - 1 - i];
    smoothed    ///< a hundred times, on the same device: a loop with b[i] =
                ///< (a[i] + a[n - 1 - i]) / 2; a second one with a[i] = b[i];
};

/// A loop and the clauses that its data needs: "map(to : a[:n], b[:n])".
struct Mapped {
    Loop loop;
    std::string_view clauses;
};

/// The exercise: for each loop the clauses with which everything is right, and
/// nothing moves that need not. Say nothing of a number that is only read: it
/// is sent without a clause.
std::array<Mapped, 8> clauses();
