// Runs lessons, serial and then parallel, and compares: `make run`, `make 05`.
//
// It knows no lesson: it runs whatever programs lie in the lessons' folder of
// the build, each as a process of its own.

#include <fmt/color.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/programs/lesson_programs.hpp"
#include "common/programs/process.hpp"
#include "common/programs/temporary_folder.hpp"
#include "common/record.hpp"
#include "common/statistics.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;

/// Runs one program. Should anything go wrong, that has been told, and `good`
/// is false; there may be a record all the same, of what could be done.
std::optional<Record> run_program(const fs::path& program,
                                  std::vector<std::string> arguments,
                                  bool capture, bool& good) {
    const TemporaryFolder folder;
    const fs::path record = folder / "record";
    arguments.insert(arguments.end(), {"--record", record.string()});
    const Outcome outcome = run_process({.program = program,
                                         .arguments = std::move(arguments),
                                         .capture = capture});
    if (!outcome.ok()) {
        good = false;
        show_progress("");
        fmt::print(stderr, "{}{}: {}\n", outcome.output, program.string(),
                   outcome.how_it_ended());
        if (!fs::exists(record)) return std::nullopt;
    }
    return read_last_record(record);
}

/// Seconds of the whole program: reading and writing as well.
double program_seconds(const Record& run) {
    return run.read_seconds + median(run.seconds) + run.write_seconds;
}

std::string in_colour(fmt::color colour, const std::string& text) {
    if (!shows_colour(stdout)) return text;
    return fmt::format(fmt::fg(colour), "{}", text);
}

/// Whether a version may have another result than the serial one: racy.cpp
/// shows what a data race does.
bool is_wrong_on_purpose(const Record& run) { return run.version == "racy"; }

std::string verdict(const Record& serial, const Record& other) {
    constexpr const char* none = "00000000";  // the checksum of no bytes
    if (serial.result == none && other.result == none) {
        return "no result to compare";
    }
    const bool same = serial.result == other.result;
    if (is_wrong_on_purpose(other)) {
        return same ? "same result, by chance" : "wrong, on purpose";
    }
    if (same) {
        const std::string within =
            other.tolerance > 0.0
                ? fmt::format(" within {:.1e}", other.tolerance)
                : "";
        return in_colour(fmt::color::green, "same result" + within);
    }
    return in_colour(fmt::color::red,
                     "WRONG: not the result of the serial version");
}

std::string ratio_text(double ratio) { return fmt::format("{:.2f}", ratio); }

/// Whether a version's result is as it should be.
bool is_good(const Record& serial, const Record& run) {
    return run.result == serial.result || is_wrong_on_purpose(run);
}

/// One lesson as its student sees it. @returns whether all went well.
bool show_lesson(const LessonPrograms& programs,
                 const std::vector<std::string>& arguments) {
    std::optional<Record> serial;
    bool good = true;
    for (const fs::path& program : programs.versions) {
        std::fflush(stdout);
        const std::optional<Record> run =
            run_program(program, arguments, false, good);
        if (!run) return false;
        if (!serial) {
            serial = run;
            fmt::print("\n");
            continue;
        }
        good = good && is_good(*serial, *run);
        fmt::print("  {}\n", verdict(*serial, *run));
        if (!serial->judgeable() || !run->judgeable()) {
            fmt::print("  under 1 ms: too short for a speedup\n\n");
            continue;
        }
        const double speedup = median(serial->seconds) / median(run->seconds);
        fmt::print("  speedup of the loop {}", ratio_text(speedup));
        if (serial->read_seconds + serial->write_seconds > 0.0) {
            fmt::print(
                ", of the whole program {}",
                ratio_text(program_seconds(*serial) / program_seconds(*run)));
        }
        fmt::print("\n\n");
    }
    return good;
}

void print_row(const LessonPrograms& programs, const Record& serial,
               const Record& run) {
    const bool judgeable = serial.judgeable() && run.judgeable();
    const double speedup = median(serial.seconds) / median(run.seconds);
    const std::string name = run.version == "parallel"
                                 ? programs.lesson
                                 : programs.lesson + " " + run.version;
    fmt::print("{:<22}{:<20} {:>9} {:>9} {:>7} {:>7} {:>10}  {}\n", name,
               run.size, seconds_text(median(serial.seconds)),
               seconds_text(median(run.seconds)), run.threads,
               judgeable ? ratio_text(speedup) : "-",
               judgeable ? ratio_text(speedup / run.threads) : "-",
               verdict(serial, run));
    std::fflush(stdout);
}

/// All lessons as one table. @returns whether all went well.
bool show_table(const std::vector<LessonPrograms>& lessons,
                const std::vector<std::string>& arguments) {
    fmt::print("{:<22}{:<20} {:>9} {:>9} {:>7} {:>7} {:>10}  {}\n", "lesson",
               "problem size", "serial", "parallel", "threads", "speedup",
               "efficiency", "result");
    bool good = true;
    bool some_too_short = false;
    for (const LessonPrograms& programs : lessons) {
        std::optional<Record> serial;
        for (const fs::path& program : programs.versions) {
            show_progress(fmt::format("{} {} ...", programs.lesson,
                                      program.filename().string()));
            const std::optional<Record> run =
                run_program(program, arguments, true, good);
            show_progress("");
            if (!run) break;
            if (!serial) {
                serial = run;
                continue;
            }
            print_row(programs, *serial, *run);
            good = good && is_good(*serial, *run);
            some_too_short =
                some_too_short || !serial->judgeable() || !run->judgeable();
        }
    }
    fmt::print(
        "\nTimes are medians. Speedup is serial / parallel, efficiency speedup "
        "/ threads.\n");
    if (some_too_short) fmt::print("-: under 1 ms, too short to judge.\n");
    return good;
}

int run_lessons(const fs::path& folder, const std::string& wanted,
                const std::vector<std::string>& arguments) {
    const std::vector<LessonPrograms> lessons = find_lessons(folder);
    const bool good =
        wanted.empty() ? show_table(lessons, arguments)
                       : show_lesson(find_lesson(lessons, wanted), arguments);
    return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App options(
        "Runs lessons, serial and then parallel, and compares their results. "
        "Without a lesson: all of them, as one table.");
    options.name("run_lessons");
    options.footer(
        "What stands behind -- is handed on to the lesson's programs:\n"
        "  run_lessons 05 -- --threads 4 --width 4096");
    std::string wanted;
    options.add_option("lesson", wanted, "number or name, such as 05")
        ->type_name("LESSON");
    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    const std::vector<std::string> handed_on(std::min(dashes + 1, end), end);
    try {
        options.parse(static_cast<int>(dashes - argv), argv);
        return run_lessons(fs::path(argv[0]).parent_path() / "lessons", wanted,
                           handed_on);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", options.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        fmt::print(stderr, "run_lessons: {}: see --help\n", error.what());
        return 2;
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "run_lessons: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        fmt::print(stderr, "run_lessons: {}\n", error.what());
        return 1;
    }
}
