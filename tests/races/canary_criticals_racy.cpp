// A data race: each of two sections protects the sum from its own kind alone.
// The race detector must report it. Without the suppression of Archer's own
// lock, in tests/races/detector_options.cpp, it does not.

#include <cstdio>

void canary() {
    int sum = 0;
#pragma omp parallel for schedule(dynamic, 16)
    for (int i = 0; i < 1'000; ++i) {
        if (i % 2 == 0) {
#pragma omp critical(even)
            sum += i;
        } else {
#pragma omp critical(odd)
            sum += i;
        }
    }
    std::printf("%d\n", sum);
}
