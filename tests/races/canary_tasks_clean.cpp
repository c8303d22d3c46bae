// Tasks made in a loop, each with values of its own (firstprivate): no data
// race, so the race detector must keep silent. Without
// tests/races/openmp_tasks.cpp it does not.

#include <cstdio>
#include <vector>

namespace {

/// The sum of the numbers first .. last-1, halved until one is left.
long sum(int first, int last) {
    if (last - first == 1) return first;
    const int middle = first + (last - first) / 2;
    long left = 0;
    long right = 0;
#pragma omp task shared(left)
    left = sum(first, middle);
#pragma omp task shared(right)
    right = sum(middle, last);
#pragma omp taskwait
    return left + right;
}

}  // namespace

int main() {
    constexpr int rounds = 20;
    constexpr int tasks = 100;
    std::vector<long> results(tasks);
    long recursive = 0;
#pragma omp parallel
#pragma omp single
    for (int round = 0; round < rounds; ++round) {
        for (int i = 0; i < tasks; ++i) {
            const long value = static_cast<long>(round) * i;
#pragma omp task firstprivate(i, value) shared(results)
            results[i] += value;
        }
#pragma omp taskwait
        recursive += sum(0, tasks);
    }
    long total = recursive;
    for (const long result : results) total += result;
    // 190 * 4950 by the loop, 20 * 4950 by the recursion
    std::printf("%ld\n", total);
    return total == 210L * 4950 ? 0 : 1;
}
