// Lesson 17: jobs
//
// No job needs another one, so they may be done in any order and by any thread.
// What differs is when the last one is done: the makespan. `sections` name two
// pieces of work, each for one thread. A static schedule gives each thread a
// block of the list. With a dynamic one any free thread takes the next job, so
// the order of the list decides. (A job sleeps: its thread is occupied.)

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
