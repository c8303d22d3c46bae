// Exercise 04: deal the work like cards
//
// With a chunk of one, neighbours go to different threads. Each thread gets
// small numbers and large ones, and all get nearly the same amount of work. In
// blocks, of two threads the second would get three quarters of it.

#include "roots.hpp"

void divisors(std::span<int> counts, WorkLog& log) {
    const int count = static_cast<int>(counts.size());
#pragma omp parallel for schedule(static, 1)
    for (int i = 0; i < count; ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who did element i
        const int number = i + 1;
        int found = 0;
        for (int divisor = 1; divisor <= number; ++divisor) {
            if (number % divisor == 0) ++found;
        }
        counts[i] = found;
    }
}
