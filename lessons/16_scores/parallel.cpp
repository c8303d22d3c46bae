// Lesson 16: the best scores, by merge sort
//
// A list is sorted by sorting its halves and merging them. The halves need
// nothing from each other: one becomes a task for any free thread, and this
// thread sorts the other. The merge needs both, so it waits for the task. To
// make a task takes time, so parts up to the cutoff are not divided.

#include <algorithm>

#include "scores.hpp"

static void merge_sort(std::span<Score> scores, std::span<Score> spare,
                       std::size_t cutoff) {
    if (scores.size() <= cutoff) {
        std::stable_sort(scores.begin(), scores.end(), higher);
        return;
    }
    const std::size_t half = scores.size() / 2;
#pragma omp task
    merge_sort(scores.first(half), spare.first(half), cutoff);
    merge_sort(scores.subspan(half), spare.subspan(half), cutoff);
#pragma omp taskwait
    const auto middle = scores.begin() + static_cast<std::ptrdiff_t>(half);
    std::merge(scores.begin(), middle, middle, scores.end(), spare.begin(),
               higher);
    std::copy(spare.begin(), spare.end(), scores.begin());
}

void sort_scores(std::span<Score> scores, std::int64_t cutoff) {
    std::vector<Score> spare(scores.size());
#pragma omp parallel
#pragma omp single
    merge_sort(scores, spare, static_cast<std::size_t>(cutoff));
}
