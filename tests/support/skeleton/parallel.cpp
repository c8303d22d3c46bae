// Lesson 00: TODO, what is computed
//
// TODO: why the iterations are independent. These lines are the same in
// parallel.cpp, so that the diff shows pragma lines alone.

#include "skeleton.hpp"

void skeleton(std::span<std::int64_t> list) {
    const auto count = static_cast<std::int64_t>(list.size());
#pragma omp parallel for
    for (std::int64_t i = 0; i < count; ++i) {
        list[i] = 2 * i;
    }
}
