#pragma once

#include <span>
#include <vector>

#include "common/work_log.hpp"
#include "parts/processes.hpp"

/// The part of the complex plane that a picture shows.
struct View {
    double center_x = -0.65;  ///< real part of the picture's centre
    double center_y = -0.5;   ///< imaginary part of the picture's centre
    double span = 2.25;       ///< width of the picture, in the plane
    int width = 600;          ///< in pixels
    int height = 400;         ///< in pixels

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
    EscapeTimes(int columns, int rows)
        : width(static_cast<std::size_t>(columns)),
          times(width * static_cast<std::size_t>(rows)) {}

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

/// Fills a row with the escape times of row y of the view.
void compute_row(const View& view, int y, int max_iterations,
                 std::span<int> row);

/// How processes share the rows of a picture.
enum class Sharing {
    blocks,  ///< one block of neighbouring rows for each process
    queue    ///< a process that has no work takes the next few rows
};

/// What one process did for a picture.
struct Share {
    int rows = 0;            ///< that it computed
    double computing = 0.0;  ///< seconds
    double waiting = 0.0;    ///< seconds, until all had computed their rows
    double messages = 0.0;   ///< seconds, in which rows were sent to process 0
};

/// Computes the escape time of every pixel of the view. All processes call this
/// together, with the same view, limit and sharing; `result` is complete in
/// process 0. The log, where it is on, has one item for each row of the
/// picture: for those of this process.
Share mandelbrot(const View& view, int max_iterations, Sharing sharing,
                 EscapeTimes& result, WorkLog& log);

/// The exercise. Computes the rows that process `here.number` of `here.count`
/// gets if rows are dealt like cards: row y belongs to process y % count.
/// `mine` has a place for these rows and no others: its row 0 is the first of
/// them, its row 1 the second, so that all can be sent in one message. The log,
/// where it is on, has one item for each of them, counted in the same way. The
/// team shares them, and gets them while the loop runs.
void compute_cards(const View& view, int max_iterations, Processes here,
                   EscapeTimes& mine, WorkLog& log);
