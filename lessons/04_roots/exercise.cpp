// Exercise 04: deal the work like cards
//
// How many numbers divide n? We try them all, so n takes n steps: the list
// begins with next to nothing and ends with the most work. The loop is right as
// it is, but one thread does it all. Let the team share it, and see to it that
// the numbers are dealt out as roots.hpp says.

#include "roots.hpp"

void divisors(std::span<int> counts, WorkLog& log) {
    const int count = static_cast<int>(counts.size());
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
