// Makes a list of Fibonacci numbers and prints it.

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "common/lesson.hpp"
#include "fibonacci.hpp"

int main(int argc, char** argv) {
    std::int64_t count = 35;
    Lesson lesson("10_fibonacci", "Makes the list fib(0) .. fib(count-1).");
    lesson.option("--count", count,
                  {0, 60, 20, "the time grows 1.6-fold with every number"},
                  "length of the list");
    lesson.add_item_times();
    return lesson.run(argc, argv, [&] {
        lesson.set_size(fmt::format("{} numbers", count), count);
        std::vector<std::uint64_t> list(static_cast<std::size_t>(count));
        lesson.measure([&] { fibonacci_list(list); });
        // Once more, on a list in which nothing is right yet.
        std::fill(list.begin(), list.end(), 1000);
        fibonacci_list(list);
        lesson.add_result(std::as_bytes(std::span(list)));
        // The loop begins with the biggest.
        lesson.time_items(count, [&](std::int64_t i) {
            fibonacci(static_cast<int>(count - 1 - i));
        });
        for (const std::uint64_t number : list) fmt::print("{} ", number);
        fmt::print("\n");
    });
}
