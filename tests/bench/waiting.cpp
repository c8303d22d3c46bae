// Lessons 02 and 17: threads that sleep. They need no processor, so their limit
// is not the control but the shortest time that the naps or jobs leave.

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <thread>

#include "common/openmp.hpp"
#include "lessons/02_naps/naps.hpp"
#include "lessons/17_jobs/jobs.hpp"
#include "lessons/17_jobs/makespan.hpp"
#include "tests/bench/suite.hpp"

// NOLINTBEGIN(bugprone-suspicious-include)
namespace serial {
#include "lessons/02_naps/serial.cpp"
#include "lessons/17_jobs/serial.cpp"
}  // namespace serial
namespace parallel {
#include "lessons/02_naps/parallel.cpp"
#include "lessons/17_jobs/parallel.cpp"
}  // namespace parallel
// NOLINTEND(bugprone-suspicious-include)

namespace {

void sleep_for(double seconds) {
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

constexpr double nap = 0.005;  // seconds

/// So many naps, on ten threads, an item being a nap.
void add_naps(Suite& suite) {
    constexpr int threads = 10;
    const auto make = [](std::int64_t count, Version version) {
        const Plan plan = {.seconds = std::vector<double>(
                               static_cast<std::size_t>(count), nap),
                           .threads = version == Version::serial ? 1 : threads};
        const auto run =
            version == Version::serial ? serial::naps : parallel::naps;
        return Prepared{.run = [=] {
            WorkLog off;
            run(
                plan, [](int) {}, off);
        }};
    };
    suite.add("02_naps/one_nap", 1, [] { sleep_for(nap); });
    suite.compare({"02_naps: ten at once against one nap",
                   "02_naps/parallel/10", "02_naps/one_nap"});
    suite.add_lesson(
        {.lesson = "02_naps", .sizes = decades(100, "naps"), .cost = {}}, make);
}

/// As many copies of the first puzzle's jobs, longest first.
void add_jobs(Suite& suite) {
    constexpr double unit = 0.00005;  // seconds
    const auto jobs_of = [](std::int64_t copies) {
        Jobs jobs = {.lengths = {}, .unit = unit};
        for (std::int64_t copy = 0; copy < copies; ++copy) {
            jobs.lengths.insert(jobs.lengths.end(), {50, 25, 15});
        }
        return jobs;
    };
    const auto make = [=](std::int64_t copies, Version version) {
        const Jobs jobs = jobs_of(copies);
        const std::vector<int> list = longest_first(jobs.lengths);
        const auto run = version == Version::serial ? serial::from_list
                                                    : parallel::from_list;
        return Prepared{.run = [=] {
            WorkLog off;
            run(jobs, list, off);
        }};
    };
    const auto size = [](std::int64_t copies) {
        return ProblemSize{.n = copies,
                           .items = static_cast<double>(copies),
                           .words = fmt::format("{} jobs", 3 * copies)};
    };
    const double shortest =
        unit * lower_bound(jobs_of(1).lengths, suite.threads());
    suite.add("17_jobs/lower_bound", 1, [=] { sleep_for(shortest); });
    suite.compare({"17_jobs: longest first against the lower bound",
                   "17_jobs/parallel/1", "17_jobs/lower_bound"});
    suite.add_lesson({.lesson = "17_jobs",
                      .sizes = {size(1), size(10), size(100)},
                      .cost = {}},
                     make);
}

}  // namespace

void add_waiting(Suite& suite) {
    add_naps(suite);
    add_jobs(suite);
}
