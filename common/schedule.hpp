// Loop schedules in words: KIND or KIND,CHUNK, as in OMP_SCHEDULE.

#pragma once

#include <optional>
#include <string>

#include "common/openmp.hpp"

/// How the iterations of a loop with schedule(runtime) are dealt out.
struct Schedule {
    omp_sched_t kind = omp_sched_static;
    int chunk = 0;  ///< 0: the runtime's own choice
};

/// The schedule that a text such as "dynamic,16" means, if it is one.
std::optional<Schedule> to_schedule(const std::string& text);

/// The schedule that is in force for schedule(runtime), in words.
std::string schedule_in_force();
