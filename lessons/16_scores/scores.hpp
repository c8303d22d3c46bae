#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// What a player has reached.
struct Score {
    std::int32_t points;
    std::int32_t player;  ///< a number instead of a name

    bool operator==(const Score&) const = default;
};

/// Whether a score comes before another in a list of the best.
inline bool higher(const Score& a, const Score& b) {
    return a.points > b.points;
}

/// Sorts the scores, highest first. Of equal ones the one that was first stays
/// first: the sort is stable. Takes as much memory again as the list has. Parts
/// of at most `cutoff` scores are not divided any further; 1 <= cutoff.
void sort_scores(std::span<Score> scores, std::int64_t cutoff);

/// The Fibonacci number F(n): F(0) = 0, F(1) = 1, F(n) = F(n-1) + F(n-2), found
/// by one thread (lesson 10). The tests of the exercise bring it along.
std::uint64_t fibonacci(int n);

/// The exercise. F(n), where numbers from `cutoff` on are divided: F(n-1) and
/// F(n-2) are found separately, as tasks of one team, and added. A part below
/// the cutoff is found by one call of fibonacci(), and is not divided further.
/// 0 <= n <= 93, 2 <= cutoff. To be called from outside of parallel regions.
std::uint64_t fibonacci_by_tasks(int n, int cutoff);
