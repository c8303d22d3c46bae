// Lesson 14: the cake
//
// Each slice is eaten by one thread, so no two of them touch the same crumb.
// But crumbs of one size are counted in one place, whatever slice they are
// from, and ++ is three steps: read, add, write. Two threads that take them at
// the same time write the same number, and a crumb is lost. The versions of
// this file say by their pragmas how that is prevented, or not.

#include "cake.hpp"

void eat(Cake& cake, std::int64_t* counts, WorkLog& log) {
#pragma omp parallel for
    for (std::int64_t i = 0; i < cake.slices; ++i) {
        const WorkLog::Item noted = log.item(i);
        for (std::uint8_t& crumb : cake.slice(i)) {
#pragma omp critical
            ++counts[crumb];
            crumb = eaten;
        }
    }
}
