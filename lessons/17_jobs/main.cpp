// Predicts when the last of some jobs is over, and then does them.

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "common/lesson.hpp"
#include "common/openmp.hpp"
#include "common/thread_map.hpp"
#include "jobs.hpp"
#include "makespan.hpp"

namespace {

/// A way to do the jobs, and what it should take.
struct Way {
    std::string name;
    double predicted = 0.0;  ///< in units of time
    std::function<void(WorkLog&)> work;
};

std::vector<Way> ways_of(const Jobs& jobs) {
    const std::vector<double>& lengths = jobs.lengths;
    const int threads = Lesson::team_size();
    const std::vector<int> given = as_given(lengths);
    const std::vector<int> sorted = longest_first(lengths);
    return {{"sections", sections_makespan(lengths, threads),
             [=](WorkLog& log) { in_sections(jobs, log); }},
            {"static", blocks_makespan(lengths, threads),
             [=](WorkLog& log) { in_blocks(jobs, log); }},
            {"list", list_makespan(lengths, given, threads),
             [=](WorkLog& log) { from_list(jobs, given, log); }},
            {"longest first", list_makespan(lengths, sorted, threads),
             [=](WorkLog& log) { from_list(jobs, sorted, log); }}};
}

/// X, Y, Z for up to three jobs, else A, B, C ... for the first 26.
std::string marks_of(std::size_t count) {
    std::string marks = count <= 3 ? "XYZ" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return marks.substr(0, count);
}

void print_jobs(const Jobs& jobs) {
    const int threads = Lesson::team_size();
    const std::string marks = marks_of(jobs.lengths.size());
    for (std::size_t i = 0; i < jobs.lengths.size(); ++i) {
        fmt::print("{}{}{:g}", i == 0 ? "jobs " : ", ",
                   i < marks.size() ? marks.substr(i, 1) + " " : "",
                   jobs.lengths[i]);
    }
    fmt::print(" on {} thread{}\n", threads, threads == 1 ? "" : "s");
    fmt::print(
        "  lower bound    {:8.1f}   (longest job {:.4g}, total / threads "
        "{:.4g})\n",
        lower_bound(jobs.lengths, threads), longest_of(jobs.lengths),
        total_of(jobs.lengths) / threads);
}

/// Whether a run was disturbed: over 5 % longer than predicted.
bool is_off(const Way& way, const WorkLog& log, const Jobs& jobs) {
    return log.makespan() > 1.05 * way.predicted * jobs.unit;
}

/// Does the jobs, once more where the run was disturbed, three times at most.
WorkLog run_way(Lesson& lesson, const Way& way, const Jobs& jobs) {
    const auto count = static_cast<std::int64_t>(jobs.lengths.size());
    WorkLog log = lesson.log_run(count, way.work);
    for (int more = 0; more < 2 && is_off(way, log, jobs); ++more) {
        log = lesson.log_run(count, way.work);
    }
    return log;
}

void print_way(const Way& way, const WorkLog& log, const Jobs& jobs,
               double longest) {
    const double measured = log.makespan() / jobs.unit;
    constexpr double widest = 60.0;
    const auto columns = static_cast<int>(widest * way.predicted / longest);
    fmt::print(
        "  {:<14} {:8.1f} predicted, {:.1f} measured{}\n", way.name,
        way.predicted, measured,
        is_off(way, log, jobs) ? ": over 5 % off, is the machine busy?" : "");
    fmt::print("{}", timeline_text(log, Lesson::team_size(),
                                   marks_of(jobs.lengths.size()),
                                   std::max(1, columns)));
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<double> lengths;
    double seconds = 0.4;
    constexpr std::int64_t repeat = 2;  // a job takes its time
    Lesson lesson(
        "17_jobs",
        "Predicts when the last of some jobs is over, and does them, on "
        "two threads unless --threads says otherwise.",
        repeat);
    lesson.option("--jobs", lengths, {0.001, 1e6},
                  "lengths of the jobs; unless given, the two puzzles "
                  "50,25,15 and 25,45");
    lesson.option("--seconds", seconds, {0.0001, 3600.0, 0.001},
                  "what all jobs together take on one thread");
    lesson.add_log();
    return lesson.run(argc, argv, [&] {
        omp_set_num_threads(lesson.threads_or(2));
        std::vector<Jobs> puzzles = {{.lengths = {50, 25, 15}},
                                     {.lengths = {25, 45}}};
        if (!lengths.empty()) puzzles = {{.lengths = lengths}};
        double total = 0.0;
        std::int64_t count = 0;
        for (const Jobs& jobs : puzzles) {
            total += total_of(jobs.lengths);
            count += static_cast<std::int64_t>(jobs.lengths.size());
        }
        for (Jobs& jobs : puzzles) jobs.unit = seconds / total;
        lesson.set_size(fmt::format("{} jobs", count), count);
        lesson.measure([&] {
            WorkLog off;
            for (const Jobs& jobs : puzzles) ways_of(jobs).back().work(off);
        });
        for (const Jobs& jobs : puzzles) {
            print_jobs(jobs);
            const std::vector<Way> ways = ways_of(jobs);
            double longest = 0.0;
            for (const Way& way : ways) {
                longest = std::max(longest, way.predicted);
            }
            for (const Way& way : ways) {
                const WorkLog log = run_way(lesson, way, jobs);
                print_way(way, log, jobs, longest);
                for (const WorkLog::Entry& entry : log.entries()) {
                    const bool done = entry.thread >= 0;
                    lesson.add_result(std::as_bytes(std::span(&done, 1)));
                }
            }
            fmt::print("\n");
        }
    });
}
