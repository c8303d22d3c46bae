// A data race, planted: the race detector must report it, or its silence about
// other programs means nothing.

#include <cstdio>

void canary() {
    int sum = 0;
#pragma omp parallel for
    for (int i = 0; i < 10'000; ++i) {
        sum += i;  // read and written by every thread, protected by nothing
    }
    std::printf("%d\n", sum);
}
