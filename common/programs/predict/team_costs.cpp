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

/// All threads ask for one iteration at a time, all the time.
double fetch_cost([[maybe_unused]] int threads) {
    constexpr int chunks = 200'000;
    const double seconds = time_of([&] {
#pragma omp parallel for num_threads(threads) schedule(monotonic : dynamic)
        for (int i = 0; i < chunks; ++i) {
            [[maybe_unused]] volatile int here = i;
        }
    });
    return seconds * threads / chunks;
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
    fmt::print(R"({{"region":{},"fetch":{},"log":{},"runtime":"{}"}})"
               "\n",
               region_cost(threads), fetch_cost(threads), log_cost(), runtime);
    return 0;
}
