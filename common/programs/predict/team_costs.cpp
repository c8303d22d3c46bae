// What OpenMP itself costs on this machine: a parallel region, the next chunk
// of a loop, and a note in the work log. For `predict`, as JSON.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <vector>

#include "common/openmp.hpp"
#include "common/statistics.hpp"
#include "common/timer.hpp"
#include "common/work_log.hpp"

namespace {

/// The median time of five calls, after one that warms up.
double time_of(const std::function<void()>& work) {
    work();
    std::vector<double> times;
    for (int run = 0; run < 5; ++run) {
        const Timer timer;
        work();
        times.push_back(timer.seconds());
    }
    return median(times);
}

double region_cost([[maybe_unused]] int threads) {
    constexpr int regions = 2000;
    return time_of([&] {
               for (int region = 0; region < regions; ++region) {
#pragma omp parallel num_threads(threads)
                   {
                       [[maybe_unused]] volatile int here =
                           omp_get_thread_num();
                   }
               }
           }) /
           regions;
}

/// What one thread needs for an iteration of so many steps and for fetching it:
/// chunks of one iteration, on demand.
double iteration_time([[maybe_unused]] int threads, int steps) {
    constexpr int chunks = 50'000;
    const double seconds = time_of([&] {
#pragma omp parallel for num_threads(threads) schedule(monotonic : dynamic)
        for (int i = 0; i < chunks; ++i) {
            for (volatile int step = 0; step < steps;) step = step + 1;
        }
    });
    return seconds * threads / chunks;
}

/// To fetch after another thread: with work in between, about a tenth of a
/// microsecond, the threads take turns and do not meet.
double fetch_cost(int threads, double fetch_again) {
    constexpr int steps = 60;
    return fetch_again + std::max(0.0, iteration_time(threads, steps) -
                                           iteration_time(1, steps));
}

/// What an item without work is long in a log.
double log_cost() {
    constexpr std::int64_t items = 20'000;
    WorkLog log(items);
    for (std::int64_t i = 0; i < items; ++i) {
        const WorkLog::Item noted = log.item(i);
    }
    std::vector<double> lengths;
    for (const WorkLog::Entry& entry : log.entries()) {
        lengths.push_back(entry.end - entry.start);
    }
    return median(lengths);
}

}  // namespace

int main(int argc, char** argv) {
    const int threads = argc == 2 ? std::atoi(argv[1]) : 0;
    if (threads < 1) {
        fmt::print(stderr, "team_costs: give threads, such as team_costs 2\n");
        return 2;
    }
    omp_set_dynamic(0);
#ifdef __clang__
    constexpr const char* runtime = "libomp";
#else
    constexpr const char* runtime = "libgomp";
#endif
    const double fetch_again = iteration_time(1, 0);
    fmt::print(
        R"({{"region":{},"fetch":{},"fetch_again":{},"log":{},"runtime":"{}"}})"
        "\n",
        region_cost(threads), fetch_cost(threads, fetch_again), fetch_again,
        log_cost(), runtime);
    return 0;
}
