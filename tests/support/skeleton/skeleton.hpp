#pragma once

#include <cstdint>
#include <span>

#include "common/work_log.hpp"

/// TODO: the contract. Fills the list: element i becomes 2 * i.
void skeleton(std::span<std::int64_t> list);

/// The exercise. TODO: the contract. Fills the list: element i becomes 3 * i.
/// The log, where it is on, has one item per element. The elements are shared
/// among the team.
void skeleton_exercise(std::span<std::int64_t> list, WorkLog& log);
