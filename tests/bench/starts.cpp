// The lessons' programs as a whole: how fast they start, what memory they take.

#include <fmt/core.h>

#include <algorithm>

#include "common/statistics.hpp"
#include "common/temporary_folder.hpp"
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

/// A large picture from start to end: seconds, and bytes of memory a pixel.
/// Prints them beside what was to be reached.
nlohmann::ordered_json report_large_view(const std::filesystem::path& lanes) {
    constexpr double soon = 1.5;
    constexpr double bytes_a_pixel = 5.0;
    const TemporaryFolder folder;
    std::vector<std::string> words = words_of(large_view);
    words.insert(words.end(),
                 {"--repeat", "1", "--output", folder / "large.png"});
    std::vector<double> seconds;
    double bytes = 0.0;
    for (int run = 0; run < 3; ++run) {
        const Outcome outcome = run_program(lanes, words);
        seconds.push_back(outcome.seconds);
        bytes = static_cast<double>(outcome.peak_memory) / large_view_pixels;
    }
    fmt::print(
        "  8000 x 8000 pixels, from start to end: {} (target {}: {}), "
        "{:.2f} bytes a pixel (target {}: {})\n",
        seconds_text(median(seconds)), seconds_text(soon),
        median(seconds) <= soon ? "reached" : "NOT reached", bytes,
        bytes_a_pixel, bytes <= bytes_a_pixel ? "reached" : "NOT reached");
    return {{"seconds", median(seconds)}, {"bytes_a_pixel", bytes}};
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
            if (name == "12_mandelbrot/lanes") {
                rows.back()["large_view"] = report_large_view(program);
            }
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
