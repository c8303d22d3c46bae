// Exercise 03: Collatz lengths
//
// How many steps does a number take to reach 1? The list is right, but one
// thread makes it. Let the team share the long lists, and only those:
// squares.hpp says which lists are long. The loop may not be shared as it is.

#include "squares.hpp"

namespace {

int steps_to_one(std::int64_t number) {
    int steps = 0;
    while (number > 1) {
        number = number % 2 == 0 ? number / 2 : 3 * number + 1;
        ++steps;
    }
    return steps;
}

}  // namespace

void collatz_lengths(std::span<int> list, WorkLog& log) {
    const auto count = static_cast<std::int64_t>(list.size());
    std::int64_t number = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who did element i
        ++number;
        list[i] = steps_to_one(number);
    }
}
