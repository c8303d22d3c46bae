// Computes square roots and shows which thread computed which, and when.

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "common/thread_map.hpp"
#include "roots.hpp"

namespace {

/// Every iteration with its thread, in the order in which they ended.
void print_iterations(const WorkLog& log,
                      const std::vector<std::int64_t>& numbers,
                      const std::vector<std::int64_t>& results) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
        return log.entries()[a].end < log.entries()[b].end;
    });
    for (const std::size_t i : order) {
        const WorkLog::Entry& entry = log.entries()[i];
        fmt::print(
            "iteration {:<2} on thread {:<2} from {:>7} to {:>7}: "
            "the root of {} is {}\n",
            i, entry.thread, seconds_text(entry.start), seconds_text(entry.end),
            numbers[i], results[i]);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t count = 10;
    std::int64_t root = 50'000'000;
    bool rising = false;
    Lesson lesson("04_roots", "Computes square roots, one per iteration.");
    lesson.option("--count", count, {0, 60, 20}, "numbers in the list");
    lesson.option("--root", root, {0, 50'000'000, 1000},
                  "first root: the steps that iteration 0 takes");
    lesson.option("--rising", rising,
                  "iteration 1 takes twice as long as iteration 0, and so on");
    lesson.add_log();
    return lesson.run(argc, argv, [&] {
        lesson.set_size(fmt::format("{} roots", count), count);
        std::vector<std::int64_t> numbers;
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t wanted = rising ? root * (i + 1) : root + i;
            numbers.push_back(wanted * wanted);
        }
        std::vector<std::int64_t> results(numbers.size());
        WorkLog off;
        lesson.measure([&] { roots(numbers, results, off); });
        // Once more, on a list in which nothing is right yet.
        std::fill(results.begin(), results.end(), -1);
        const WorkLog log = lesson.log_run(
            count, [&](WorkLog& on) { roots(numbers, results, on); });
        lesson.add_result(std::as_bytes(std::span(results)));
        print_iterations(log, numbers, results);
        fmt::print("{}", timeline_text(log, Lesson::team_size()));
    });
}
