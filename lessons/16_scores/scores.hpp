#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "common/work_log.hpp"

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

/// The exercise. The ten highest scores, highest first, or all where there are
/// fewer; of equal ones the one that was first comes first. The list is divided
/// into parts of part_size scores (the last part may be shorter), each of them
/// a task; the log, where it is on, has one item per part. 1 <= part_size. To
/// be called from outside of parallel regions.
std::vector<Score> top_ten(std::span<const Score> scores,
                           std::int64_t part_size, WorkLog& log);
