// A file of its own: compiled once, so that it takes as long in every loop.

#include "fibonacci.hpp"

std::uint64_t fibonacci(int n) {
    if (n < 2) return static_cast<std::uint64_t>(n);
    return fibonacci(n - 1) + fibonacci(n - 2);
}
