// No data race, although the runtime, which the race detector cannot see, is
// what puts things in order: it completes the reductions of tasks, and it lets
// iterations wait for each other (tests/races/detector_options.cpp,
// pauses.cpp).

#include <algorithm>
#include <array>
#include <cstdio>

void canary() {
    constexpr int count = 200;
    int by_tasks = 0;
#pragma omp parallel
#pragma omp single
#pragma omp taskgroup task_reduction(max : by_tasks)
    for (int first = 0; first < count; first += 50) {
#pragma omp task in_reduction(max : by_tasks) firstprivate(first)
        for (int i = first; i < first + 50; ++i) {
            by_tasks = std::max(by_tasks, i * 7 % 1'009);
        }
    }
    int by_taskloop = 0;
#pragma omp parallel
#pragma omp single
#pragma omp taskloop reduction(max : by_taskloop) grainsize(20)
    for (int i = 0; i < count; ++i) {
        by_taskloop = std::max(by_taskloop, i * 7 % 1'009);
    }
    std::array<int, count + 1> sums = {};
#pragma omp parallel for ordered(1) schedule(static, 1)
    for (int i = 0; i < count; ++i) {
#pragma omp ordered depend(sink : i - 1)
        sums[i + 1] = sums[i] + i;
#pragma omp ordered depend(source)
    }
    std::printf("%d %d %d\n", by_tasks, by_taskloop, sums[count]);
}
