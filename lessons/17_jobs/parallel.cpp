// Lesson 17: jobs
//
// No job needs another one, so they may be done in any order and by any thread.
// What differs is when the last one is over: the makespan. `sections` say who
// does what, job by job. A static schedule gives everybody a block of the list.
// A dynamic one lets whoever is free take the next job, and so the order of the
// list decides. (A job sleeps: its thread is taken, as a machine would be.)

#include <chrono>
#include <thread>

#include "jobs.hpp"

static void job(const Jobs& jobs, int i, WorkLog& log) {
    const WorkLog::Item noted = log.item(i);
    const double seconds = jobs.lengths[i] * jobs.unit;
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

void in_sections(const Jobs& jobs, WorkLog& log) {
    const int count = static_cast<int>(jobs.lengths.size());
    if (count == 0) return;
#pragma omp parallel sections
    {
#pragma omp section
        job(jobs, 0, log);
#pragma omp section
        for (int i = 1; i < count; ++i) job(jobs, i, log);
    }
}

void in_blocks(const Jobs& jobs, WorkLog& log) {
    const int count = static_cast<int>(jobs.lengths.size());
#pragma omp parallel for schedule(static)
    for (int i = 0; i < count; ++i) {
        job(jobs, i, log);
    }
}

void from_list(const Jobs& jobs, std::span<const int> list, WorkLog& log) {
    const int count = static_cast<int>(list.size());
#pragma omp parallel for schedule(monotonic : dynamic)
    for (int place = 0; place < count; ++place) {
        job(jobs, list[place], log);
    }
}
