// Exercise 10: the biggest first
//
// What is sorted is not the list, but the places in it: order[0] is the place
// of the biggest number. Each free thread takes the next place, and writes its
// result there. `monotonic` keeps to the loop's order with every compiler.

#include <algorithm>
#include <numeric>
#include <vector>

#include "fibonacci.hpp"

void fibonacci_of(std::span<const int> numbers,
                  std::span<std::uint64_t> results, WorkLog& log) {
    const int count = static_cast<int>(numbers.size());
    std::vector<int> order(numbers.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](int a, int b) { return numbers[a] > numbers[b]; });
#pragma omp parallel for schedule(monotonic : dynamic)
    for (int next = 0; next < count; ++next) {
        const int i = order[next];
        const WorkLog::Item noted = log.item(i);  // tells who did element i
        results[i] = fibonacci(numbers[i]);
    }
}
