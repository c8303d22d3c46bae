// Exercise 10: the biggest first
//
// A list of numbers, in any order; element i of the results is the Fibonacci
// number of element i. The loop is right, but one thread does all of it, in the
// order given. Let the team share it, and let it begin with the biggest number.
// No element may change its place. (The tests bring fibonacci() along.)

#include "fibonacci.hpp"

void fibonacci_of(std::span<const int> numbers,
                  std::span<std::uint64_t> results, WorkLog& log) {
    const int count = static_cast<int>(numbers.size());
    for (int i = 0; i < count; ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who did element i
        results[i] = fibonacci(numbers[i]);
    }
}
