// How long jobs will take, computed in advance.

#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

/// What all jobs take together.
inline double total_of(std::span<const double> lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), 0.0);
}

/// What the longest job takes; 0 without jobs.
inline double longest_of(std::span<const double> lengths) {
    return lengths.empty() ? 0.0
                           : *std::max_element(lengths.begin(), lengths.end());
}

/// No order on so many threads has a shorter makespan: the longest job takes
/// its time, and somebody has at least the average share of the total.
inline double lower_bound(std::span<const double> lengths, int threads) {
    return std::max(longest_of(lengths), total_of(lengths) / threads);
}

/// Makespan when one thread does the first job and another one all others.
inline double sections_makespan(std::span<const double> lengths, int threads) {
    const double total = total_of(lengths);
    if (threads == 1 || lengths.empty()) return total;
    return std::max(lengths.front(), total - lengths.front());
}

/// Makespan of blocks of neighbours, one per thread: as even as can be, the
/// longer ones first. That is what g++ and clang++ make of schedule(static).
inline double blocks_makespan(std::span<const double> lengths, int threads) {
    const auto parts = static_cast<std::size_t>(threads);
    double makespan = 0.0;
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t longer = std::min(part, lengths.size() % parts);
        const std::size_t start = part * (lengths.size() / parts) + longer;
        const std::size_t size =
            lengths.size() / parts + (part < lengths.size() % parts ? 1 : 0);
        makespan = std::max(makespan, total_of(lengths.subspan(start, size)));
    }
    return makespan;
}

/// Makespan of list scheduling: the thread that is free first takes the next
/// job of the list.
inline double list_makespan(std::span<const double> lengths,
                            std::span<const int> list, int threads) {
    std::vector<double> free_at(static_cast<std::size_t>(threads), 0.0);
    for (const int job : list) {
        *std::min_element(free_at.begin(), free_at.end()) +=
            lengths[static_cast<std::size_t>(job)];
    }
    return *std::max_element(free_at.begin(), free_at.end());
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
