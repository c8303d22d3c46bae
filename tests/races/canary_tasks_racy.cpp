// A data race of tasks that are made in a loop, each with a value of its own:
// the race detector must report it, although it overlooks their descriptors.

#include <cstdio>

int main() {
    constexpr int tasks = 2'000;
    long sum = 0;
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < tasks; ++i) {
#pragma omp task firstprivate(i) shared(sum)
        sum += i;  // read and written by every task, protected by nothing
    }
    std::printf("%ld\n", sum);
    return 0;
}
