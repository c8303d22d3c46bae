#pragma once

#include <cstdint>
#include <span>

/// Fills the list: element i becomes i * i.
void squares(std::span<std::int64_t> list);
