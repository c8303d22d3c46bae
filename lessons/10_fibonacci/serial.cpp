// Lesson 10: a list of Fibonacci numbers
//
// Each number is computed from the start, so no iteration needs another's
// result. But the work is uneven: the last number takes as long as the two
// before it together. So each thread fetches its next number when it is free,
// and the loop begins with the biggest, so that small ones fill the end.

#include "fibonacci.hpp"

void fibonacci_list(std::span<std::uint64_t> list) {
    const int count = static_cast<int>(list.size());
    for (int n = count - 1; n >= 0; --n) {
        list[n] = fibonacci(n);
    }
}
