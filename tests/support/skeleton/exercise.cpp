// Exercise 00: TODO
//
// TODO: what is to be done. The list comes out right, but one thread makes it.

#include "skeleton.hpp"

void skeleton_exercise(std::span<std::int64_t> list, WorkLog& log) {
    const auto count = static_cast<std::int64_t>(list.size());
    for (std::int64_t i = 0; i < count; ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who did element i
        list[i] = 3 * i;
    }
}
