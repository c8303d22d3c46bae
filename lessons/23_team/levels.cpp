// Restructured: many loops in one region, so that one team does all of them.
//
// The first loop adds up blocks of strips. Each of the others adds the second
// half of the sums to the first half, until one sum is left. The team waits at
// the end of each loop, because the next one reads what all threads wrote. The
// same numbers are added in the same order by every team, so the result is the
// same, bit by bit.

#include <algorithm>
#include <vector>

#include "common/openmp.hpp"
#include "team.hpp"

constexpr std::int64_t block = 64;  // strips

Area area(std::int64_t strips, WorkLog& log) {
    const std::int64_t blocks = (strips + block - 1) / block;
    std::vector<double> sums(static_cast<std::size_t>(blocks));
    Area result;
#pragma omp parallel
    {
        const WorkLog::Item noted = log.item(omp_get_thread_num());
#pragma omp masked
        result.team = omp_get_num_threads();
#pragma omp for
        for (std::int64_t b = 0; b < blocks; ++b) {
            const std::int64_t end = std::min(strips, (b + 1) * block);
            double sum = 0.0;
            for (std::int64_t i = b * block; i < end; ++i) {
                sum += height(i, strips);
            }
            sums[b] = sum;
        }
        for (std::int64_t left = blocks; left > 1; left = (left + 1) / 2) {
            const std::int64_t half = (left + 1) / 2;
#pragma omp for
            for (std::int64_t b = 0; b < left / 2; ++b) {
                sums[b] += sums[b + half];
            }
        }
    }
    result.pi = sums[0] / static_cast<double>(strips);
    return result;
}
