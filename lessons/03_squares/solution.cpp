// Exercise 03: Collatz lengths
//
// `number` was counted on from one iteration to the next. But element i is
// about i + 1, so each iteration can say for itself which number it needs.

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
#pragma omp parallel for if (count >= worth_a_team)
    for (std::int64_t i = 0; i < count; ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who did element i
        list[i] = steps_to_one(i + 1);
    }
}
