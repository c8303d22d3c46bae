// What common/lesson adds to the function of a lesson: options, warm-up,
// clocks, the counting of threads.

#include <array>
#include <stdexcept>

#include "common/lesson.hpp"
#include "common/logistic_map.hpp"
#include "tests/bench/suite.hpp"

namespace {

constexpr int calls = 12;  // in either benchmark

void work_for_10_ms() {
    constexpr int steps = 2'600'000;
    double x = logistic_map(0.1, steps);
    keep(x);
}

void run_lesson() {
    int count = 0;
    Lesson lesson("00_harness", "Works for 10 ms.");
    // Besides these runs a warm-up, and a call that shows they are long enough.
    std::array<char, 8> name = {"harness"};
    std::array<char, 12> repeats = {"--repeat=10"};
    std::array<char*, 2> arguments = {name.data(), repeats.data()};
    const int status =
        lesson.run(static_cast<int>(arguments.size()), arguments.data(), [&] {
            lesson.measure([&] {
                work_for_10_ms();
                ++count;
            });
        });
    if (status != 0 || count != calls) {
        throw std::logic_error(
            "the harness calls a lesson's function another "
            "number of times than the bench believes");
    }
}

}  // namespace

void add_harness(Suite& suite) {
    suite.add("harness/alone", 1, [] {
        for (int call = 0; call < calls; ++call) work_for_10_ms();
    });
    suite.add("harness/in_a_lesson", 1, run_lesson);
    constexpr double all_but_1_percent = 0.99;
    suite.compare({"the harness around 10 ms of work", "harness/in_a_lesson",
                   "harness/alone", Kind::times, all_but_1_percent});
}
