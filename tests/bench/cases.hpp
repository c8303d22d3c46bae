// What the bench measures, and what it compares.

#pragma once

#include <string>
#include <vector>

/// How a target is judged, from the median times of its benchmarks.
enum class Kind {
    times,      ///< reference / subject: how many times as fast
    efficiency  ///< the same, over what the control gains on the same threads
};

/// One line of the bench's table.
struct Target {
    std::string what;       ///< "05_grey against the plain copy loop"
    std::string subject;    ///< the benchmark that is judged
    std::string reference;  ///< the benchmark that it is compared with
    Kind kind = Kind::times;
    double at_least = 0.0;  ///< 0: shown, not judged
};

/// The benchmarks by which it is seen whether the machine is quiet: the same
/// computing on one thread and on all.
inline const std::string control_on_one = "control/compute/one";
inline const std::string control_on_all = "control/compute/all";

/// Registers all benchmarks, for teams of `threads`, and tells what is to be
/// made of them. Every lesson's versions are compiled into this program anew,
/// each in a namespace of its own, with the flags of the lessons.
std::vector<Target> register_cases(int threads);
