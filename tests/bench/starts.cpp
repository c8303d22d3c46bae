// The lessons' programs as a whole: how fast they start, what memory they take.

#include <fmt/core.h>

#include <algorithm>

#include "common/statistics.hpp"
#include "common/terminal.hpp"
#include "tests/bench/lessons.hpp"

namespace {

/// Median time of a program from its start to its end, in seconds.
double time_of(const std::filesystem::path& program,
               const std::vector<std::string>& arguments) {
    constexpr int runs = 11;
    std::vector<double> seconds;
    for (int run = 0; run < runs; ++run) {
        seconds.push_back(run_program(program, arguments).seconds);
    }
    return median(seconds);
}

}  // namespace

nlohmann::ordered_json report_starts(
    const std::vector<LessonPrograms>& lessons) {
    constexpr double soon = 0.020;  // seconds
    const auto verdict = [](double seconds) {
        return seconds < soon ? "reached" : "NOT reached";
    };
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    fmt::print("{:<26} {:>9} {:>12}\n", "program", "--help", "peak memory");
    double slowest = 0.0;
    for (const LessonPrograms& lesson : lessons) {
        for (const auto& program : lesson.versions) {
            const std::string name =
                lesson.lesson + "/" + program.filename().string();
            show_progress(name);
            const double help = time_of(program, {"--help"});
            const std::int64_t memory =
                run_program(program, {"--repeat", "1"}).peak_memory;
            show_progress("");
            fmt::print("{:<26} {:>9} {:>12}\n", name, seconds_text(help),
                       bytes_text(memory));
            rows.push_back({{"program", name},
                            {"help_seconds", help},
                            {"peak_memory", memory}});
            slowest = std::max(slowest, help);
            if (name != "11_primes/parallel") continue;
            const double one =
                time_of(program, {"--numbers", "7", "--repeat", "1"});
            fmt::print("  to test one number takes {} (target {}: {})\n",
                       seconds_text(one), seconds_text(soon), verdict(one));
        }
    }
    fmt::print("The slowest --help takes {} (target {}: {}).\n",
               seconds_text(slowest), seconds_text(soon), verdict(slowest));
    return rows;
}
