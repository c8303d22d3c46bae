// Exercise 16: the ten best
//
// `best` was one list for all parts. Now each part has its own list, and no two
// tasks write the same one. taskwait waits until all are complete. Then they
// are joined in the order of the parts, so equal scores keep their order.

#include <algorithm>

#include "scores.hpp"

namespace {

/// Puts a score in its place among the ten best, after its equals.
void enter(std::vector<Score>& best, const Score& score) {
    constexpr std::size_t places = 10;
    if (best.size() == places && !higher(score, best.back())) return;
    best.insert(std::upper_bound(best.begin(), best.end(), score, higher),
                score);
    if (best.size() > places) best.pop_back();
}

}  // namespace

std::vector<Score> top_ten(std::span<const Score> scores,
                           std::int64_t part_size, WorkLog& log) {
    const auto count = static_cast<std::int64_t>(scores.size());
    const std::int64_t parts = (count + part_size - 1) / part_size;
    std::vector<std::vector<Score>> best_of(static_cast<std::size_t>(parts));
    std::vector<Score> best;
#pragma omp parallel
#pragma omp single
    {
        for (std::int64_t part = 0; part < parts; ++part) {
#pragma omp task firstprivate(part) shared(best_of, log)
            {
                const WorkLog::Item noted = log.item(part);  // who did it
                const std::int64_t first = part * part_size;
                const std::int64_t size = std::min(part_size, count - first);
                std::vector<Score> own;
                for (const Score& score : scores.subspan(first, size)) {
                    enter(own, score);
                }
                best_of[part] = std::move(own);
            }
        }
#pragma omp taskwait
        for (const std::vector<Score>& own : best_of) {
            for (const Score& score : own) enter(best, score);
        }
    }
    return best;
}
