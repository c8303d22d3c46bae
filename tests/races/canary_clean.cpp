// No data race: the race detector must be silent, or its alarms about other
// programs mean nothing.

#include <array>
#include <cstdio>

void canary() {
    std::array<int, 1000> squares = {};
    int sum = 0;
    int updates = 0;
#pragma omp parallel
    {
#pragma omp for schedule(dynamic)
        for (int i = 0; i < 1000; ++i) squares[i] = i * i;
            // Here the team waits for all squares, then any thread may read
            // them.
#pragma omp for reduction(+ : sum)
        for (int i = 0; i < 1000; ++i) sum += squares[999 - i];
#pragma omp critical
        updates += 1;
    }
    std::printf("%d, %d\n", sum, updates);
}
