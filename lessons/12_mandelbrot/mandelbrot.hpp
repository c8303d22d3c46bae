#pragma once

#include <span>
#include <vector>

#include "common/work_log.hpp"

/// The part of the complex plane that a picture shows.
struct View {
    double center_x = -0.65;  ///< real part of the picture's centre
    double center_y = -0.5;   ///< imaginary part of the picture's centre
    double span = 2.25;       ///< width of the picture, in the plane
    int width = 1200;         ///< in pixels
    int height = 800;         ///< in pixels

    /// The real part of column x, in the middle of the pixel.
    [[nodiscard]] double real(int x) const {
        return center_x + (x + 0.5 - width / 2.0) * (span / width);
    }
    /// The imaginary part of row y; row 0 is on top, where it is greatest.
    [[nodiscard]] double imaginary(int y) const {
        return center_y - (y + 0.5 - height / 2.0) * (span / width);
    }
};

/// Escape times, row after row.
struct EscapeTimes {
    explicit EscapeTimes(const View& view)
        : width(static_cast<std::size_t>(view.width)),
          times(width * static_cast<std::size_t>(view.height)) {}

    [[nodiscard]] std::span<int> row(int y) {
        return std::span(times).subspan(static_cast<std::size_t>(y) * width,
                                        width);
    }

    std::size_t width;
    std::vector<int> times;
};

/// Escape time of the point c = (x, y): the first n >= 0 with |z(n)| > 2, where
/// z(0) = c and z(n+1) = z(n)^2 + c; `max_iterations` where that has not come.
int escape_time(double x, double y, int max_iterations);

/// Fills `result` with the escape time of every pixel of the view. The log,
/// where it is on, has one item per row.
void mandelbrot(const View& view, int max_iterations, EscapeTimes& result,
                WorkLog& log);

/// The exercise. Fills `result` with the escape times of a Julia set, that of
/// c = (c_real, c_imaginary): for the pixel at the point z(0) the first n >= 0
/// with |z(n)| > 2, where z(n+1) = z(n)^2 + c; `max_iterations` where that has
/// not come. The log, where it is on, has one item per row. The team gets the
/// rows while the loop runs, by a schedule that the code names: one slow row,
/// wherever it is, holds up less than an eighth of the others.
void julia(const View& view, double c_real, double c_imaginary,
           int max_iterations, EscapeTimes& result, WorkLog& log);
