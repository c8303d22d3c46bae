#pragma once

#include <cstdint>
#include <span>

#include "common/work_log.hpp"

/// Fills the list: element i becomes i * i.
void squares(std::span<std::int64_t> list);

/// From this length on a list of Collatz lengths is worth a team.
inline constexpr std::int64_t worth_a_team = 1'000;

/// The exercise. Fills the list: element i becomes the Collatz length of i + 1.
/// That is the number of steps until 1 is reached, where a step halves an even
/// number n and makes 3n + 1 of an odd one. The log, where it is on, has one
/// item per element. A list of `worth_a_team` elements or more is shared among
/// the team; a shorter one is made by one thread alone.
void collatz_lengths(std::span<int> list, WorkLog& log);
