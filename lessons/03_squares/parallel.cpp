// Lesson 03: a list of squares
//
// Element i needs the number i and nothing else. No iteration reads what
// another one writes, so they may run in any order. But a team has a price: for
// a short list, starting it takes longer than the work.

#include "squares.hpp"

void squares(std::span<std::int64_t> list) {
    const auto count = static_cast<std::int64_t>(list.size());
#pragma omp parallel for
    for (std::int64_t i = 0; i < count; ++i) {
        list[i] = i * i;
    }
}
