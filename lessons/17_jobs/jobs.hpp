#pragma once

#include <functional>
#include <span>
#include <vector>

#include "common/work_log.hpp"

/// Jobs to be done. None needs another one.
struct Jobs {
    std::vector<double> lengths;  ///< in units of time, >= 0
    double unit = 0.0;            ///< how long a unit is here, in seconds
};

// Each of these does every job once. The log, where it is on, has one item per
// job.

/// Two pieces of work, each done by one thread: the first job, and all the
/// others, one after the other.
void in_sections(const Jobs& jobs, WorkLog& log);

/// Deals the jobs out in blocks of neighbours, one block for each thread.
void in_blocks(const Jobs& jobs, WorkLog& log);

/// List scheduling (R. L. Graham, Bounds for Certain Multiprocessing Anomalies,
/// 1966): any free thread takes the next job of the list. `list` holds the
/// number of every job once.
void from_list(const Jobs& jobs, std::span<const int> list, WorkLog& log);

/// A step on the way to a program: how long it takes, and what it needs.
enum class Step {
    compile_main,  ///< 5 s; needs nothing
    compile_list,  ///< 2 s; needs nothing
    link,          ///< 1 s; needs that main and list are compiled
    test,          ///< 4 s; needs that it is linked
    manual         ///< 5 s; needs that list is compiled
};

/// The exercise. Calls `take` once for every step, by a team. A step is begun
/// when all that it needs is done. With two threads and steps that take the
/// times above, the makespan is the shortest that is possible. Returns when all
/// steps are done.
void build(const std::function<void(Step)>& take);
