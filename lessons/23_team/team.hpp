#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "common/work_log.hpp"

/// The height of strip i of `strips` under the curve 4 / (1 + x * x), which
/// reaches from x = 0 to 1: the curve's height over the middle of the strip.
inline double height(std::int64_t i, std::int64_t strips) {
    const double x =
        (static_cast<double>(i) + 0.5) / static_cast<double>(strips);
    return 4.0 / (1.0 + x * x);
}

/// What a team has found.
struct Area {
    double pi = 0.0;
    int team = 0;  ///< how many threads there were
};

/// The area under 4 / (1 + x * x) from 0 to 1, which is pi, by the midpoint
/// rule: `strips` strips, at least 1, each as wide as the others. The rule is
/// off by at most 1 / (3 * strips^2): h^2 / 24 times the greatest |f''|, which
/// is 8 (P. Davis and P. Rabinowitz, Methods of Numerical Integration, 1984).
/// Rounding adds at most (strips + 4) / 2^53 of the sum, in any order.
///
/// The log, where it is on, has one item per thread of the team.
Area area(std::int64_t strips, WorkLog& log);

/// The area of strip i under the bell curve exp(-x * x / 2), by Simpson's rule.
/// Each strip is `width` wide, and strip 0 begins at x = 0.
inline double bell_strip(std::int64_t i, double width) {
    const auto bell = [](double x) { return std::exp(-x * x / 2.0); };
    const double begin = static_cast<double>(i) * width;
    return width / 6.0 *
           (bell(begin) + 4.0 * bell(begin + width / 2.0) +
            bell(begin + width));
}

/// The exercise. A table of the area under the bell curve: table[i] becomes the
/// sum of the strips 0 .. i. In which order they are added is not promised. The
/// log, where it is on, has one item per strip: where its area is computed. The
/// strips are shared among the team, and each is computed once.
void bell_table(std::span<double> table, double width, WorkLog& log);
