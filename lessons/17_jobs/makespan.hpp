// How long jobs will take, computed in advance.

#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "common/makespan.hpp"

/// Makespan when one thread does the first job and another one all others.
inline double sections_makespan(std::span<const double> lengths, int threads) {
    const double total = total_of(lengths);
    if (threads == 1 || lengths.empty()) return total;
    return std::max(lengths.front(), total - lengths.front());
}

/// Makespan of blocks of neighbours, one per thread: schedule(static).
inline double blocks_makespan(std::span<const double> lengths, int threads) {
    return share_loop(lengths, {.rule = Rule::blocks}, threads).makespan;
}

/// Makespan of list scheduling: the thread that is free first takes the next
/// job of the list.
inline double list_makespan(std::span<const double> lengths,
                            std::span<const int> list, int threads) {
    std::vector<double> in_order;
    for (const int job : list) {
        in_order.push_back(lengths[static_cast<std::size_t>(job)]);
    }
    return share_loop(in_order, {.rule = Rule::dynamic}, threads).makespan;
}

/// The jobs' numbers in the order given: 0, 1, 2 ...
inline std::vector<int> as_given(std::span<const double> lengths) {
    std::vector<int> list(lengths.size());
    std::iota(list.begin(), list.end(), 0);
    return list;
}

/// The jobs' numbers, the longest job first; of two as long, the first of them.
inline std::vector<int> longest_first(std::span<const double> lengths) {
    std::vector<int> list = as_given(lengths);
    std::stable_sort(list.begin(), list.end(), [&](int a, int b) {
        return lengths[static_cast<std::size_t>(a)] >
               lengths[static_cast<std::size_t>(b)];
    });
    return list;
}
