// Runs lessons, serial and then parallel, and compares: `make run`, `make 05`.
//
// It knows no lesson: it runs whatever programs lie in the lessons' folder of
// the build, each as a process of its own.

#include <fmt/color.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/process.hpp"
#include "common/record.hpp"
#include "common/statistics.hpp"
#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;

/// A lesson's programs, serial first and parallel second.
struct Programs {
    std::string lesson;
    std::vector<fs::path> versions;
};

/// serial, parallel, then what further versions there are by name.
bool in_teaching_order(const fs::path& a, const fs::path& b) {
    const auto rank = [](const fs::path& program) {
        const std::string version = program.filename();
        return version == "serial" ? 0 : version == "parallel" ? 1 : 2;
    };
    return std::pair(rank(a), a) < std::pair(rank(b), b);
}

std::vector<Programs> find_lessons(const fs::path& folder) {
    std::vector<Programs> found;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string lesson = entry.path().filename();
        if (!entry.is_directory() || !fs::exists(entry.path() / "serial")) {
            continue;
        }
        Programs programs = {lesson, {}};
        for (const auto& file : fs::directory_iterator(entry.path())) {
            if (file.is_regular_file() &&
                access(file.path().c_str(), X_OK) == 0) {
                programs.versions.push_back(file.path());
            }
        }
        std::sort(programs.versions.begin(), programs.versions.end(),
                  in_teaching_order);
        found.push_back(std::move(programs));
    }
    std::sort(found.begin(), found.end(),
              [](const Programs& a, const Programs& b) {
                  return a.lesson < b.lesson;
              });
    return found;
}

/// Runs one program; what went wrong has been told when there is no answer.
std::optional<Record> run_program(const fs::path& program,
                                  std::vector<std::string> arguments,
                                  bool capture) {
    const TemporaryFolder folder;
    const fs::path record = folder / "record";
    arguments.insert(arguments.end(), {"--record", record.string()});
    const Outcome outcome = run_process({.program = program,
                                         .arguments = std::move(arguments),
                                         .capture = capture});
    if (outcome.ok()) return read_last_record(record);
    show_progress("");
    fmt::print(stderr, "{}{}: {}\n", outcome.output, program.string(),
               outcome.how_it_ended());
    return std::nullopt;
}

/// Seconds of the whole program: reading and writing as well.
double program_seconds(const Record& run) {
    return run.read_seconds + median(run.seconds) + run.write_seconds;
}

std::string in_colour(fmt::color colour, const std::string& text) {
    if (!shows_colour(stdout)) return text;
    return fmt::format(fmt::fg(colour), "{}", text);
}

std::string verdict(const Record& serial, const Record& other) {
    if (serial.result == other.result) {
        return in_colour(fmt::color::green, "same result");
    }
    return in_colour(fmt::color::red,
                     "WRONG: not the result of the serial version");
}

std::string ratio_text(double ratio) { return fmt::format("{:.2f}", ratio); }

/// One lesson as its student sees it. @returns whether all went well.
bool show_lesson(const Programs& programs,
                 const std::vector<std::string>& arguments) {
    std::optional<Record> serial;
    bool good = true;
    for (const fs::path& program : programs.versions) {
        std::fflush(stdout);
        const std::optional<Record> run =
            run_program(program, arguments, false);
        if (!run) return false;
        if (!serial) {
            serial = run;
            fmt::print("\n");
            continue;
        }
        good = good && run->result == serial->result;
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

void print_row(const Programs& programs, const Record& serial,
               const Record& run) {
    const bool judgeable = serial.judgeable() && run.judgeable();
    const double speedup = median(serial.seconds) / median(run.seconds);
    const std::string name = run.version == "parallel"
                                 ? programs.lesson
                                 : programs.lesson + " " + run.version;
    fmt::print("{:<16} {:<20} {:>9} {:>9} {:>7} {:>7} {:>10}  {}\n", name,
               run.size, seconds_text(median(serial.seconds)),
               seconds_text(median(run.seconds)), run.threads,
               judgeable ? ratio_text(speedup) : "-",
               judgeable ? ratio_text(speedup / run.threads) : "-",
               verdict(serial, run));
    std::fflush(stdout);
}

/// All lessons as one table. @returns whether all went well.
bool show_table(const std::vector<Programs>& lessons,
                const std::vector<std::string>& arguments) {
    fmt::print("{:<16} {:<20} {:>9} {:>9} {:>7} {:>7} {:>10}  {}\n", "lesson",
               "problem size", "serial", "parallel", "threads", "speedup",
               "efficiency", "result");
    bool good = true;
    bool some_too_short = false;
    for (const Programs& programs : lessons) {
        std::optional<Record> serial;
        for (const fs::path& program : programs.versions) {
            show_progress(fmt::format("{} {} ...", programs.lesson,
                                      program.filename().string()));
            const std::optional<Record> run =
                run_program(program, arguments, true);
            show_progress("");
            if (!run) {
                good = false;
                break;
            }
            if (!serial) {
                serial = run;
                continue;
            }
            print_row(programs, *serial, *run);
            good = good && run->result == serial->result;
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

/// The lesson that a number ("5", "05") or a name ("05_grey", "grey") means.
const Programs* find_lesson(const std::vector<Programs>& lessons,
                            const std::string& wanted) {
    const std::string number = wanted.size() == 1 ? "0" + wanted : wanted;
    for (const Programs& programs : lessons) {
        const std::string& name = programs.lesson;
        if (name == wanted || name.substr(0, 2) == number ||
            name.substr(3) == wanted) {
            return &programs;
        }
    }
    return nullptr;
}

int run_lessons(const fs::path& folder, const std::string& wanted,
                const std::vector<std::string>& arguments) {
    const std::vector<Programs> lessons = find_lessons(folder);
    if (wanted.empty()) return show_table(lessons, arguments) ? 0 : 1;
    if (const Programs* programs = find_lesson(lessons, wanted)) {
        return show_lesson(*programs, arguments) ? 0 : 1;
    }
    std::string names;
    for (const Programs& programs : lessons) names += " " + programs.lesson;
    fmt::print(stderr, "run_lessons: there is no lesson '{}': choose of{}\n",
               wanted, names);
    return 2;
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
    } catch (const std::exception& error) {
        fmt::print(stderr, "run_lessons: {}\n", error.what());
        return 1;
    }
}
