// Lesson 03: a list of squares
//
// Element i needs the number i and nothing else: no iteration reads what
// another has written, so they may be done in any order. A team has a price,
// though: for a short list, calling it takes longer than the work.

#include "squares.hpp"

void squares(std::span<std::int64_t> list) {
    const auto count = static_cast<std::int64_t>(list.size());
    for (std::int64_t i = 0; i < count; ++i) {
        list[i] = i * i;
    }
}
