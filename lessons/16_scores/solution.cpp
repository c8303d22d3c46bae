// Exercise 16: one Fibonacci number, by a team
//
// One thread of the team starts at the root; the others wait at the end of
// `single`, and run the tasks that are made. The left branch is a task;
// the right one is done by the thread that is here anyway. What a task finds is
// there after `taskwait`, not before.

#include "scores.hpp"

namespace {

std::uint64_t branch(int n, int cutoff) {
    if (n < cutoff) return fibonacci(n);
    std::uint64_t left = 0;
#pragma omp task shared(left)
    left = branch(n - 1, cutoff);
    const std::uint64_t right = branch(n - 2, cutoff);
#pragma omp taskwait
    return left + right;
}

}  // namespace

std::uint64_t fibonacci_by_tasks(int n, int cutoff) {
    std::uint64_t result = 0;
#pragma omp parallel
#pragma omp single
    result = branch(n, cutoff);
    return result;
}
