// What common/lesson adds to the function of a lesson: options, warm-up,
// clocks, the counting of threads.

#include <array>
#include <stdexcept>

#include "common/lesson.hpp"
#include "common/programs/logistic_map.hpp"
#include "tests/bench/keep.hpp"
#include "tests/bench/suite.hpp"

namespace {

constexpr int calls = 11;  // ten timed runs and a warm-up

void work_for_10_ms() {
    constexpr int steps = 2'600'000;
    double x = logistic_map(0.1, steps);
    keep(x);
}

/// A lesson whose function does nothing: all of its time is the harness's.
void run_empty_lesson() {
    int count = 0;
    Lesson lesson("00_harness", "Does nothing.");
    std::array<char, 8> name = {"harness"};
    std::array<char, 12> repeats = {"--repeat=10"};
    std::array<char*, 2> arguments = {name.data(), repeats.data()};
    const auto body = [&] {
        // With a preparation, short work is not repeated until it is long.
        lesson.measure([&] { ++count; }, [] {});
    };
    const int status =
        lesson.run(static_cast<int>(arguments.size()), arguments.data(), body);
    if (status != 0 || count != calls) {
        throw std::logic_error(
            "the harness calls a lesson's function another number of times "
            "than the bench believes");
    }
}

}  // namespace

void add_harness(Suite& suite) {
    suite.add("harness/work", 1, [] {
        for (int call = 0; call < calls; ++call) work_for_10_ms();
    });
    suite.add("harness/around_nothing", 1, run_empty_lesson);
    constexpr double less_than_1_percent = 100.0;
    suite.compare({"runs of 10 ms against the harness around them",
                   "harness/around_nothing", "harness/work", Kind::times,
                   less_than_1_percent});
}
