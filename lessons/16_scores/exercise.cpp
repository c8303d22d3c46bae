// Exercise 16: one Fibonacci number, by a team
//
// There is no loop to share here. F(n) needs F(n-1) and F(n-2), each of these
// needs two more, and so on, like the branches of a tree. One thread goes
// through the whole tree. Make tasks of the branches, for the team, and keep
// the promises of scores.hpp. (The tests bring fibonacci() along.)

#include "scores.hpp"

namespace {

std::uint64_t branch(int n, int cutoff) {
    if (n < cutoff) return fibonacci(n);
    const std::uint64_t left = branch(n - 1, cutoff);
    const std::uint64_t right = branch(n - 2, cutoff);
    return left + right;
}

}  // namespace

std::uint64_t fibonacci_by_tasks(int n, int cutoff) {
    return branch(n, cutoff);
}
