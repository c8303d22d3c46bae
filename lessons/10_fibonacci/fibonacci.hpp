#pragma once

#include <cstdint>
#include <span>

/// The Fibonacci number F(n): F(0) = 0, F(1) = 1, F(n) = F(n-1) + F(n-2).
/// Computed by naive recursion, on purpose: the number of calls grows 1.6-fold
/// with every n. 0 <= n <= 93 (F(94) does not fit 64 bits).
std::uint64_t fibonacci(int n);

/// Fills the list: element n becomes F(n).
void fibonacci_list(std::span<std::uint64_t> list);

/// The exercise. F(n), where numbers from `cutoff` on are divided: F(n-1) and
/// F(n-2) are found separately, as tasks of one team, and added. A part below
/// the cutoff is found by one call of fibonacci(), and is not divided further.
/// 0 <= n <= 93, 2 <= cutoff. To be called from outside of parallel regions.
std::uint64_t fibonacci_by_tasks(int n, int cutoff);
