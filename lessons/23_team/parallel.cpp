// Lesson 23: the area under a curve, shared by hand
//
// Every thread of the team runs the whole block below. Only its number differs:
// from that and from the size of the team each thread computes which strips are
// its own. It writes its sum to its own place in a list. When all sums are
// there, one thread adds them up. Without pragmas one thread runs the block: it
// is thread 0 of a team of 1.

#include <vector>

#include "common/openmp.hpp"
#include "team.hpp"

Area area(std::int64_t strips, WorkLog& log) {
    Area result;
    std::vector<double> sums;  // a place for each thread
#pragma omp parallel
    {
        const int team = omp_get_num_threads();
        const int thread = omp_get_thread_num();
#pragma omp single
        sums.resize(static_cast<std::size_t>(team));
        {
            const WorkLog::Item noted = log.item(thread);
            const std::int64_t begin = strips * thread / team;
            const std::int64_t end = strips * (thread + 1) / team;
            double sum = 0.0;
            for (std::int64_t i = begin; i < end; ++i) {
                sum += height(i, strips);
            }
            sums[thread] = sum;
        }
#pragma omp barrier
#pragma omp masked
        {
            for (const double sum : sums) result.pi += sum;
            result.pi /= static_cast<double>(strips);
            result.team = team;
        }
    }
    return result;
}
