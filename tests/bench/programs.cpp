// The lessons' programs as a whole: how fast they start, what memory they take.
//
// A program of its own, without OpenMP: a runtime that binds its threads would
// bind all that it starts to one processor; and a process that holds little
// memory, because what it starts is said to hold no less (see Outcome).

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/output_file.hpp"
#include "common/programs/lesson_programs.hpp"
#include "common/programs/process.hpp"
#include "common/statistics.hpp"
#include "common/terminal.hpp"

namespace {

constexpr double soon = 0.020;  // seconds: that is how fast a program starts

Outcome run_program(const std::filesystem::path& program,
                    const std::vector<std::string>& arguments) {
    Outcome outcome = run_process({.program = program, .arguments = arguments});
    if (!outcome.ok()) {
        throw std::runtime_error(fmt::format("{}: {}\n{}", program.string(),
                                             outcome.how_it_ended(),
                                             outcome.output));
    }
    return outcome;
}

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

std::string verdict(double seconds) {
    return seconds < soon ? "reached" : "NOT reached";
}

/// Prints a line for every version of every lesson.
/// @returns the same as JSON.
nlohmann::ordered_json examine(const std::filesystem::path& folder) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    fmt::print("{:<26} {:>9} {:>12}\n", "program", "--help", "peak memory");
    double slowest = 0.0;
    for (const LessonPrograms& lesson : find_lessons(folder)) {
        for (const std::filesystem::path& program : lesson.versions) {
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
        }
    }
    const std::filesystem::path little = folder / "11_primes" / "parallel";
    const double start = time_of(little, {"--numbers", "7", "--repeat", "1"});
    fmt::print("\nThe slowest --help takes {} (target {}: {}).\n",
               seconds_text(slowest), seconds_text(soon), verdict(slowest));
    fmt::print("To test one number takes {} from start to end ({}).\n",
               seconds_text(start), verdict(start));
    return rows;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App options(
        "Starts every program of the lessons: how long --help "
        "takes, and what memory a run with the defaults holds.");
    options.name("bench_programs");
    std::filesystem::path json_file;
    options.add_option("--json", json_file, "file for the figures")
        ->type_name("FILE");
    CLI11_PARSE(options, argc, argv);
    try {
        const nlohmann::ordered_json rows = examine(LESSON_PROGRAMS);
        if (!json_file.empty()) {
            write_file(json_file, rows.dump(2) + "\n");
        }
        return 0;
    } catch (const std::exception& error) {
        show_progress("");
        fmt::print(stderr, "bench_programs: {}\n", error.what());
        return 1;
    }
}
