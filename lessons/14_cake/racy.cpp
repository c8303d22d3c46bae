// Wrong on purpose: nothing keeps two threads from counting at once.
//
// Lesson 14: the cake
//
// Each slice is eaten by one thread, so no two threads touch the same crumb.
// But all crumbs of one size are counted in one place, and ++ is three steps:
// read, add, write. If two threads take these steps at the same time, both
// write the same number, and a crumb is lost. The versions of this file differ
// in their pragmas: most prevent this, one does not.

#include "cake.hpp"

void eat(Cake& cake, std::int64_t* counts, WorkLog& log) {
#pragma omp parallel for
    for (std::int64_t i = 0; i < cake.slices; ++i) {
        const WorkLog::Item noted = log.item(i);
        for (std::uint8_t& crumb : cake.slice(i)) {
            ++counts[crumb];
            crumb = eaten;
        }
    }
}
