// Describes the machine, then calls the roll.

#include <fmt/format.h>

#include <vector>

#include "common/lesson.hpp"
#include "common/machine.hpp"
#include "hello.hpp"

int main(int argc, char** argv) {
    std::int64_t tasks = 5;
    Lesson lesson("01_hello", "Describes the machine and calls the roll.");
    lesson.option("--count", tasks, {0, 1'000'000, 20}, "tasks that report in");
    return lesson.run(argc, argv, [&] {
        fmt::print("{}", machine_text(describe_machine()));
        fmt::print("\n");
        const int number = static_cast<int>(tasks);
        hello(number, [](int task, int thread) {
            fmt::print("task {} is run by thread {}\n", task, thread);
        });
        // Once more, to be timed and checked: now every task signs a list.
        std::vector<int> signatures(static_cast<std::size_t>(tasks));
        lesson.set_size(fmt::format("{} tasks", number), tasks);
        lesson.measure(
            [&] { hello(number, [&](int task, int) { ++signatures[task]; }); },
            [&] { signatures.assign(signatures.size(), 0); });
        lesson.add_result(std::as_bytes(std::span(signatures)));
    });
}
