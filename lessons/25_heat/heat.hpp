#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

#include "common/work_log.hpp"

/// The temperatures of a plate: rows x columns points, and an edge of one point
/// around them, whose temperatures do not change.
///
/// The memory is asked for and not touched: temperatures are undefined until
/// they are written, and a page of them is given by the system when it is first
/// written, near the processor that does it.
class Plate {
 public:
    Plate(int rows, int columns)
        : rows_(rows),
          columns_(columns),
          numbers_(std::make_unique_for_overwrite<double[]>(  // NOLINT
              static_cast<std::size_t>(rows + 2) * width())) {}

    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] int columns() const { return columns_; }

    /// The temperature at row y and column x: 1 <= y <= rows() and
    /// 1 <= x <= columns(), and one less or more on the edge.
    [[nodiscard]] double& at(int y, int x) {
        return numbers_[static_cast<std::size_t>(y) * width() +
                        static_cast<std::size_t>(x)];
    }
    [[nodiscard]] double at(int y, int x) const {
        return numbers_[static_cast<std::size_t>(y) * width() +
                        static_cast<std::size_t>(x)];
    }

    /// The mean of the four neighbours of a point inside. It is the same, bit
    /// by bit, on a plate that is turned or mirrored.
    [[nodiscard]] double mean_around(int y, int x) const {
        return 0.25 *
               ((at(y - 1, x) + at(y + 1, x)) + (at(y, x - 1) + at(y, x + 1)));
    }

    /// Two plates of the same size change their temperatures, edges as well.
    void swap(Plate& other) { std::swap(numbers_, other.numbers_); }

 private:
    [[nodiscard]] std::size_t width() const {
        return static_cast<std::size_t>(columns_) + 2;
    }

    int rows_;
    int columns_;
    std::unique_ptr<double[]> numbers_;  // NOLINT: a vector touches its memory
};

/// What the time steps have come to.
struct Heated {
    int steps = 0;  ///< so many were made
    /// The largest change of a point in the last step.
    double change = std::numeric_limits<double>::infinity();
};

/// Makes time steps: in each, every point inside becomes the mean of its four
/// neighbours, as they were before the step. Ends after the first step that
/// changes no point by more than `limit`, and after `most_steps` at the latest.
/// `next` has the same size and the same edge as the plate; what is inside it
/// is not read, and is undefined afterwards.
///
/// This is the heat equation in steps of time h^2 / (4 * diffusivity), where h
/// is the distance of two points. With longer steps a point could become warmer
/// than all around it.
Heated heat(Plate& plate, Plate& next, double limit, int most_steps);

/// The exercise. Makes `sweeps` sweeps in place, without a second plate. A
/// sweep has two halves: first every point where x + y is even becomes the mean
/// of its four neighbours, then every point where it is odd.
/// @returns the largest change of a point in the last sweep; 0 for no sweeps.
/// The log, where it is on, has one item per row and half: sweep s notes row y
/// as 2 * rows * s + y - 1 in its first half, and rows more in its second. The
/// rows are shared among the team.
double relax(Plate& plate, int sweeps, WorkLog& log);
