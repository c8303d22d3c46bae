// Exercise 11: the greatest gap between neighbouring primes
//
// After 23 the next prime is 29: a gap of 6. What is the greatest one below a
// bound? The answer comes out right, but one thread finds it. Let the team
// share the numbers. As it is, the loop may not be shared. Where is_prime()
// comes from need not trouble you: the tests bring one along.

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
    std::int64_t prime = 2;  // the first one that is not below n
    for (std::int64_t n = 0; n < bound; ++n) {
        const WorkLog::Item noted = log.item(n);  // tells who did number n
        if (n == prime) {
            prime = next_prime_after(n);
            greatest = std::max(greatest, prime - n);
        }
    }
    return greatest;
}
