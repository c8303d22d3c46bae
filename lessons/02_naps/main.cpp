// Takes naps, reports each when it is over, and draws a timeline.

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "common/thread_map.hpp"
#include "common/timer.hpp"
#include "naps.hpp"

namespace {

/// Steps of compute() that count as one second, about what a processor of 3 GHz
/// does in it. A fixed number: all versions do the same work.
constexpr double steps_per_second = 7e8;

}  // namespace

int main(int argc, char** argv) {
    std::int64_t count = 10;
    double seconds = 0.1;
    bool countdown = false;
    bool computes = false;
    constexpr std::int64_t repeat = 2;  // a nap takes its time
    Lesson lesson("02_naps",
                  "Takes naps, each on a thread of its own unless --threads "
                  "says otherwise.",
                  repeat);
    lesson.option("--count", count, {0, 1000, 20}, "naps");
    lesson.option("--seconds", seconds, {0.0, 60.0, 0.001}, "length of a nap");
    lesson.option("--countdown", countdown,
                  "the last nap has that length, the one before it twice, "
                  "and so on");
    lesson.option("--compute", computes,
                  "compute for as long instead of sleeping");
    lesson.add_log();
    return lesson.run(argc, argv, [&] {
        const std::string length =
            countdown
                ? fmt::format("{:.3g} to {} s",
                              static_cast<double>(count) * seconds, seconds)
                : fmt::format("{} s", seconds);
        lesson.set_size(fmt::format("{} naps of {}", count, length), count);
        Plan plan;
        for (std::int64_t i = 0; i < count; ++i) {
            const auto times = static_cast<double>(countdown ? count - i : 1);
            plan.seconds.push_back(times * seconds);
        }
        plan.threads = lesson.threads_or(std::max(1, static_cast<int>(count)));
        if (computes) plan.steps_per_second = steps_per_second;

        std::vector<std::atomic<int>> taken(plan.seconds.size());
        WorkLog off;
        lesson.measure([&] {
            naps(
                plan, [](int) {}, off);
        });
        // Once more, with a line for each nap.
        const WorkLog log = lesson.log_run(count, [&](WorkLog& on) {
            const Timer timer;
            const auto tell = [&](int nap) {
                fmt::print("nap {} of {} is over, {} after the start\n", nap,
                           seconds_text(plan.seconds[nap]),
                           seconds_text(timer.seconds()));
                ++taken[nap];
            };
            naps(plan, tell, on);
        });
        for (const std::atomic<int>& times : taken) {
            const int number = times;
            lesson.add_result(std::as_bytes(std::span(&number, 1)));
        }
        fmt::print("{}", timeline_text(log, plan.threads));
    });
}
