// Lesson 04: square roots, and who computes them
//
// A root needs its own number and nothing else, so any thread may compute it,
// at any time. The schedule decides which thread does: `static` cuts the list
// into one block for each thread, `static, 1` deals the numbers out like cards,
// `dynamic` gives the next numbers to a thread that is free.

#include "roots.hpp"

std::int64_t slow_root(std::int64_t number) {
    std::int64_t root = 0;
    for (std::int64_t odd = 1; odd <= number; odd += 2) {
        number -= odd;
        ++root;
    }
    return root;
}

void roots(std::span<const std::int64_t> numbers,
           std::span<std::int64_t> results, WorkLog& log) {
    const int count = static_cast<int>(numbers.size());
    for (int i = 0; i < count; ++i) {
        const WorkLog::Item noted = log.item(i);
        results[i] = slow_root(numbers[i]);
    }
}
