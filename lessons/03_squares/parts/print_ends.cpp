#include "print_ends.hpp"

#include <fmt/core.h>

void print_ends(std::span<const std::int64_t> list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        const bool near_an_end = i < 4 || i + 4 >= list.size();
        if (i == 4 && !near_an_end) fmt::print("... ");
        if (near_an_end) fmt::print("{} ", list[i]);
    }
    fmt::print("\n");
}
