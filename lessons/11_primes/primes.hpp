#pragma once

#include <cstdint>
#include <span>

#include "common/work_log.hpp"

/// Whether n is prime, by trial division: no number from 2 up to the square
/// root of n divides it. For every 64-bit n; what is below 2 is not prime.
bool is_prime(std::int64_t n);

/// How many primes are below `bound`.
std::int64_t count_primes(std::int64_t bound);

/// Sets element i of `prime` to whether element i of `numbers` is prime; both
/// have the same length.
void test_numbers(std::span<const std::int64_t> numbers, std::span<bool> prime);

/// The exercise. The greatest gap between a prime below `bound` and the prime
/// that follows it, wherever that is; 0 where there is no prime below `bound`.
/// The log, where it is on, has one item for each number 0 .. bound-1. The
/// numbers are shared among the team.
std::int64_t greatest_gap(std::int64_t bound, WorkLog& log);
