// Describes the machine, then calls the roll.

#include <fmt/format.h>

#include <vector>

#include "common/lesson.hpp"
#include "common/machine.hpp"
#include "common/race_detector.hpp"
#include "hello.hpp"

int main(int argc, char** argv) {
    std::int64_t tasks = 5;
    bool doctor = false;
    Lesson lesson("01_hello", "Describes the machine and calls the roll.");
    lesson.add_number("--count", tasks, 0, 1'000'000, "tasks that report in");
    lesson.add_flag("--doctor", doctor,
                    "also try whether the race detector works here");
    return lesson.run(argc, argv, [&] {
        fmt::print("{}", machine_text(describe_machine()));
        if (doctor) {
            const DetectorCheck check = check_race_detector();
            fmt::print("  {:<14}{}: {}\n", "race detector",
                       check.works ? "works" : "DOES NOT WORK", check.message);
            return;
        }
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
