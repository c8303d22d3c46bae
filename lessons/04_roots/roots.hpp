#pragma once

#include <cstdint>
#include <span>

#include "common/work_log.hpp"

/// The square root of `number`, rounded down, by subtraction alone: the sum of
/// the first r odd numbers is r * r, so the root is how often the next odd
/// number can be subtracted. The number of steps is the root, on purpose: so
/// the amount of work can be chosen. 0 <= number < 2^63.
std::int64_t slow_root(std::int64_t number);

/// Fills the list `results`, as long as `numbers`: element i becomes the root
/// of number i. The log, where it is on, has one item per number.
void roots(std::span<const std::int64_t> numbers,
           std::span<std::int64_t> results, WorkLog& log);

/// The exercise. Fills the list: element i becomes the number of divisors of
/// i + 1, found by trying 1 .. i + 1. The log, where it is on, has one item per
/// element. A team shares the list in pairs: the first element and the last are
/// done by the same thread, the second and the last but one, and so on.
void divisors(std::span<int> counts, WorkLog& log);
