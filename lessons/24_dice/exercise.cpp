// Exercise 24: pi from darts
//
// Counts the darts that come down near a corner of a square: about pi / 4 of
// all. The count is right, but one thread throws every dart, and what it calls
// may not be called by two threads at the same time. Let the team share the
// darts. The count must not depend on the number of threads.

#include "dice.hpp"

std::int64_t count_hits(std::int64_t darts, std::uint64_t seed, WorkLog& log) {
    std::int64_t hits = 0;
    start_random(seed);
    for (std::int64_t i = 0; i < darts; ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who threw dart i
        const double x = unit(next_random());
        const double y = unit(next_random());
        if (x * x + y * y < 1.0) ++hits;
    }
    return hits;
}
