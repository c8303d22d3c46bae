#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "common/work_log.hpp"

/// Naps to be taken.
struct Plan {
    std::vector<double> seconds;  ///< how long each lasts, >= 0
    int threads = 1;              ///< that take naps at the same time, >= 1
    /// 0: a nap sleeps. Otherwise a nap computes, and this many steps of
    /// compute() count as one second.
    double steps_per_second = 0.0;
};

/// Called when a nap is over. Several threads may call it at once.
using Report = std::function<void(int nap)>;

/// Does that many steps, each of which needs the one before. @returns the
/// result: a number of the linear congruential generator with the constants of
/// D. E. Knuth (MMIX).
std::uint64_t compute(std::int64_t steps);

/// Takes every nap once, `threads` of them at the same time, and calls `report`
/// for each when it is over. The log, where it is on, has one item per nap.
void naps(const Plan& plan, const Report& report, WorkLog& log);

/// Takes nap i and returns its dream. Several threads call it at once.
using Dream = std::function<std::string(int nap)>;

/// The exercise. Takes the plan's naps, each by one call of `dream`, on
/// `plan.threads` threads. @returns the dreams in the order in which the naps
/// were submitted, whichever ended first: element i is the dream of nap i.
std::vector<std::string> dreams(const Plan& plan, const Dream& dream);
