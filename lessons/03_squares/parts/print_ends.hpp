// The first and the last numbers of a list.

#pragma once

#include <cstdint>
#include <span>

/// Prints a list on one line: all of it, or its first four numbers and its
/// last.
void print_ends(std::span<const std::int64_t> list);
