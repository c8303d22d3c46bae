#pragma once

#include <cstdint>
#include <span>

#include "common/work_log.hpp"

/// The Fibonacci number F(n): F(0) = 0, F(1) = 1, F(n) = F(n-1) + F(n-2).
/// Computed by naive recursion, on purpose: the number of calls grows 1.6-fold
/// with every n. 0 <= n <= 93 (F(94) does not fit 64 bits).
std::uint64_t fibonacci(int n);

/// Fills the list: element n becomes F(n).
void fibonacci_list(std::span<std::uint64_t> list);

/// The exercise. Element i of the list `results`, as long as `numbers`, becomes
/// F(numbers[i]), found by one call of fibonacci(). The log, where it is on,
/// has one item per element. Any free thread of the team takes the next
/// element, the one with the biggest number first. 0 <= numbers[i] <= 93.
void fibonacci_of(std::span<const int> numbers,
                  std::span<std::uint64_t> results, WorkLog& log);
