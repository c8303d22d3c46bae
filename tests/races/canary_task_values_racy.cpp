// A data race of a task's own variable: a child writes it while the task reads
// it. The race detector must report it, although it lies in the task's
// descriptor (tests/races/openmp_tasks.cpp).

#include <cstdio>

namespace {

volatile long sink;

long work(int n) {
    if (n == 0) return 1;
    long left = 0;
    long sum = 0;
#pragma omp task shared(sum) firstprivate(left)
    {
#pragma omp task shared(left)
        left = work(n - 1);
        const long right = work(n - 1);
        sink = left;  // read before the child is done
#pragma omp taskwait
        sum = left + right;
    }
#pragma omp taskwait
    return sum;
}

}  // namespace

void canary() {
    long result = 0;
#pragma omp parallel
#pragma omp single
    result = work(8);
    std::printf("%ld\n", result);
}
