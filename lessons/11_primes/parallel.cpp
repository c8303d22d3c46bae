// Lesson 11: how many primes are there?
//
// Each number is tested on its own. Only the counter is common to all
// iterations, and a sum may be made in parts: with reduction(+) every thread
// counts what it finds itself, and the parts are added at the end.

#include "primes.hpp"

bool is_prime(std::int64_t n) {
    // Not divisor * divisor <= n: near 2^63 that product does not fit.
    for (std::int64_t divisor = 2; divisor <= n / divisor; ++divisor) {
        if (n % divisor == 0) return false;
    }
    return n >= 2;
}

std::int64_t count_primes(std::int64_t bound) {
    std::int64_t count = 0;
#pragma omp parallel for reduction(+ : count) schedule(runtime)
    for (std::int64_t n = 2; n < bound; ++n) {
        if (is_prime(n)) ++count;
    }
    return count;
}

void test_numbers(std::span<const std::int64_t> numbers,
                  std::span<bool> prime) {
#pragma omp parallel for schedule(dynamic)
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        prime[i] = is_prime(numbers[i]);
    }
}
