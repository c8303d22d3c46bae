// When the last iteration of a loop is over, computed in advance.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <queue>
#include <span>
#include <utility>
#include <vector>

/// What all iterations take together.
inline double total_of(std::span<const double> lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), 0.0);
}

/// What the longest iteration takes; 0 without iterations.
inline double longest_of(std::span<const double> lengths) {
    return lengths.empty() ? 0.0
                           : *std::max_element(lengths.begin(), lengths.end());
}

/// No order on so many threads has a shorter makespan: the longest iteration
/// takes its time, and some thread has at least the average share of the total.
inline double lower_bound(std::span<const double> lengths, int threads) {
    return std::max(longest_of(lengths), total_of(lengths) / threads);
}

/// How a schedule cuts a loop into chunks.
enum class Rule {
    /// schedule(static): a block for each thread, as even as can be, the longer
    /// ones first. OpenMP leaves the sizes open; g++ and clang++ do this.
    blocks,
    /// schedule(static, chunk): chunks go to thread 0, 1, 2 ... in turn.
    cyclic,
    /// schedule(monotonic : dynamic, chunk): a free thread takes the next
    /// chunk.
    dynamic,
    /// schedule(guided, chunk) of g++: a free thread takes what is left divided
    /// by the threads, rounded up, but at least `chunk`
    /// (gomp_iter_guided_next in libgomp/iter.c).
    guided_libgomp,
    /// schedule(guided, chunk) of clang++: half of that, rounded down, as long
    /// as at least 2 * threads * (chunk + 1) iterations are left; then `chunk`
    /// at a time. A loop of at most (2 * chunk + 1) * threads iterations is cut
    /// by `chunk` from the beginning; one thread takes all
    /// (kmp_sch_guided_iterative_chunked in kmp_dispatch.cpp).
    guided_libomp
};

/// A schedule, as the model knows it.
struct Cut {
    Rule rule = Rule::blocks;
    std::int64_t chunk = 1;  ///< without a meaning for blocks

    /// Whether a thread gets its chunks during the loop, when it is free.
    [[nodiscard]] bool on_demand() const {
        return rule != Rule::blocks && rule != Rule::cyclic;
    }
    /// The size of the next chunk of a loop with `count` iterations.
    /// @param left iterations that no chunk has yet, 1 or more.
    /// @param index how many chunks there are already.
    [[nodiscard]] std::int64_t next_size(std::int64_t count, std::int64_t left,
                                         std::int64_t index,
                                         std::int64_t threads) const {
        std::int64_t size = chunk;
        if (rule == Rule::blocks) {
            size = count / threads + (index < count % threads ? 1 : 0);
        } else if (rule == Rule::guided_libgomp) {
            size = std::max(chunk, (left + threads - 1) / threads);
        } else if (rule == Rule::guided_libomp && threads == 1) {
            size = left;
        } else if (rule == Rule::guided_libomp &&
                   (2 * chunk + 1) * threads < count &&
                   left >= 2 * threads * (chunk + 1)) {
            size = left / (2 * threads);
        }
        return std::min(size, left);
    }
};

/// Neighbouring iterations that one thread does one after the other.
struct Chunk {
    int thread = 0;
    std::int64_t first = 0;  ///< iteration
    std::int64_t size = 0;   ///< iterations
    double start = 0.0;      ///< when the first begins, in the unit of lengths
    double end = 0.0;        ///< when the last is over
};

/// A loop as a team does it.
struct TeamWork {
    std::vector<Chunk> chunks;  ///< in the order of the loop
    std::vector<double> busy;   ///< what each thread spends in iterations
    double makespan = 0.0;      ///< when the last iteration is over

    /// Load imbalance: max / mean - 1 of the busy times, as WorkLog has it.
    [[nodiscard]] double imbalance() const {
        const double total = total_of(busy);
        if (total <= 0.0) return 0.0;
        return longest_of(busy) * static_cast<double>(busy.size()) / total -
               1.0;
    }
};

/// What a thread needs to get the next chunk, in the unit of lengths. The
/// counter of the chunks is in the cache of the thread that got the last one.
struct Fetch {
    double moved = 0.0;  ///< where that was another thread
    double again = 0.0;  ///< where it was this one
};

/// The loop whose iterations have these lengths. Chunks that are given on
/// demand are list scheduling (R. L. Graham, Bounds on Multiprocessing Timing
/// Anomalies, 1969): the thread that is free first takes the next one, of
/// several the one with the lowest number, and needs `fetch` to get it.
/// Requests do not wait for each other.
inline TeamWork share_loop(std::span<const double> lengths, const Cut& cut,
                           int threads, const Fetch& fetch = {}) {
    TeamWork work;
    work.busy.assign(static_cast<std::size_t>(threads), 0.0);
    std::vector<double> free_at(work.busy.size(), 0.0);
    using Free = std::pair<double, int>;  // when, and which thread
    std::priority_queue<Free, std::vector<Free>, std::greater<>> next;
    for (int thread = 0; thread < threads; ++thread) next.emplace(0.0, thread);
    int last = -1;  // who got a chunk last
    const std::int64_t count = std::ssize(lengths);
    for (std::int64_t first = 0, index = 0; first < count; ++index) {
        Chunk chunk = {.first = first};
        chunk.size = cut.next_size(count, count - first, index, threads);
        chunk.thread = static_cast<int>(index % threads);
        if (cut.on_demand()) {
            chunk.thread = next.top().second;
            next.pop();
        }
        const auto thread = static_cast<std::size_t>(chunk.thread);
        chunk.start = free_at[thread];
        if (cut.on_demand()) {
            chunk.start += chunk.thread == last ? fetch.again : fetch.moved;
            last = chunk.thread;
        }
        chunk.end = chunk.start;
        for (const std::int64_t end = first + chunk.size; first < end;
             ++first) {
            chunk.end += lengths[static_cast<std::size_t>(first)];
        }
        work.busy[thread] += chunk.end - chunk.start;
        free_at[thread] = chunk.end;
        if (cut.on_demand()) next.emplace(chunk.end, chunk.thread);
        work.chunks.push_back(chunk);
    }
    work.makespan = longest_of(free_at);
    return work;
}
