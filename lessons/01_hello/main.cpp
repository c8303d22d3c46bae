// Describes the machine, then calls the roll.

#include <fmt/core.h>

#include <vector>

#include "common/lesson.hpp"
#include "common/machine.hpp"
#include "hello.hpp"

int main(int argc, char** argv) {
    std::int64_t count = 5;
    Lesson lesson("01_hello", "Describes the machine and calls the roll.");
    lesson.option("--count", count, {0, 1'000'000, 20},
                  "iterations that report in");
    return lesson.run(argc, argv, [&] {
        fmt::print("{}\n", machine_text(describe_machine()));
        const int iterations = static_cast<int>(count);
        hello(iterations, [](int i, int thread) {
            fmt::print("iteration {} is run by thread {}\n", i, thread);
        });
        // Once more, to be timed and checked: now every iteration signs a list.
        std::vector<int> signatures(static_cast<std::size_t>(count));
        lesson.set_size(fmt::format("{} iterations", iterations), count);
        lesson.measure(
            [&] { hello(iterations, [&](int i, int) { ++signatures[i]; }); },
            [&] { signatures.assign(signatures.size(), 0); });
        lesson.add_result(std::as_bytes(std::span(signatures)));
    });
}
