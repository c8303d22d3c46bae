// Exercise 24: pi from darts
//
// next_random() has a state, which all threads would share. random_number() has
// none: dart i takes the numbers 2 * i and 2 * i + 1, whichever thread throws
// it. What is left to share is the count, and that is a reduction.

#include "dice.hpp"

std::int64_t count_hits(std::int64_t darts, std::uint64_t seed, WorkLog& log) {
    std::int64_t hits = 0;
#pragma omp parallel for reduction(+ : hits)
    for (std::int64_t i = 0; i < darts; ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who threw dart i
        const double x = unit(random_number(seed, 2 * i));
        const double y = unit(random_number(seed, 2 * i + 1));
        if (x * x + y * y < 1.0) ++hits;
    }
    return hits;
}
