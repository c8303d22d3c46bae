// Exercise 11: the greatest gap between neighbouring primes
//
// `prime` went from each number to the next. Now every number is tested for
// itself, and needs no other. That costs a second test of
// each prime, and makes the iterations independent. The greatest of all gaps is
// the greatest of what the threads have found: reduction(max).

#include <algorithm>

#include "primes.hpp"

namespace {

std::int64_t next_prime_after(std::int64_t n) {
    do ++n;
    while (!is_prime(n));
    return n;
}

}  // namespace

std::int64_t greatest_gap(std::int64_t bound, WorkLog& log) {
    std::int64_t greatest = 0;
#pragma omp parallel for reduction(max : greatest) schedule(dynamic, 16)
    for (std::int64_t n = 0; n < bound; ++n) {
        const WorkLog::Item noted = log.item(n);  // tells who did number n
        if (is_prime(n)) {
            greatest = std::max(greatest, next_prime_after(n) - n);
        }
    }
    return greatest;
}
