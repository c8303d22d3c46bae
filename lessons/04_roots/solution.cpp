// Exercise 04: pairs of equal work
//
// A small number and a large one make an iteration: i + 1 and count - i steps,
// count + 1 together, whatever i is. So blocks of iterations are even, and no
// thread has to ask for work. In a list of odd length the one in the middle has
// no partner.

#include "roots.hpp"

namespace {

/// Does element i, and tells the log who did it.
void do_element(std::span<int> counts, int i, WorkLog& log) {
    const WorkLog::Item noted = log.item(i);
    const int number = i + 1;
    int found = 0;
    for (int divisor = 1; divisor <= number; ++divisor) {
        if (number % divisor == 0) ++found;
    }
    counts[i] = found;
}

}  // namespace

void divisors(std::span<int> counts, WorkLog& log) {
    const int count = static_cast<int>(counts.size());
#pragma omp parallel for schedule(static)
    for (int i = 0; i < (count + 1) / 2; ++i) {
        const int partner = count - 1 - i;
        do_element(counts, i, log);
        if (partner != i) do_element(counts, partner, log);
    }
}
