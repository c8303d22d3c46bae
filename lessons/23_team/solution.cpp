// Exercise 23: a table of the area under the bell curve
//
// Each thread makes the table of its own share, as if nothing were before it.
// When all shares are complete, the sum of all that was before is added to
// each. So strips are computed once, by the whole team, and only the cheap
// additions are made twice.

#include <vector>

#include "common/openmp.hpp"
#include "team.hpp"

void bell_table(std::span<double> table, double width, WorkLog& log) {
    const auto strips = static_cast<std::int64_t>(table.size());
    std::vector<double> sums;  // of each thread's share
#pragma omp parallel
    {
        const int team = omp_get_num_threads();
        const int thread = omp_get_thread_num();
#pragma omp single
        sums.resize(static_cast<std::size_t>(team));

        const std::int64_t begin = strips * thread / team;
        const std::int64_t end = strips * (thread + 1) / team;
        double sum = 0.0;
        for (std::int64_t i = begin; i < end; ++i) {
            const WorkLog::Item noted = log.item(i);  // tells who did strip i
            sum += bell_strip(i, width);
            table[i] = sum;
        }
        sums[thread] = sum;
#pragma omp barrier
        double before = 0.0;
        for (int other = 0; other < thread; ++other) before += sums[other];
        for (std::int64_t i = begin; i < end; ++i) table[i] += before;
    }
}
