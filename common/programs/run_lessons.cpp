// Runs lessons, serial and then parallel, and compares: `make run`, `make 05`.
//
// It knows no lesson: it runs what the build lists, each program as a process
// of its own that leaves a record.

#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "common/programs/lesson_programs.hpp"
#include "common/record.hpp"
#include "common/statistics.hpp"
#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;

constexpr const char* help =
    "Usage: run_lessons [LESSON] [-- OPTIONS]\n"
    "Runs a lesson's programs, serial and then parallel, and compares their\n"
    "results; without a lesson, all of them, as one table.\n\n"
    "  LESSON    its number or name, such as 05\n"
    "  OPTIONS   for the lesson's programs: run_lessons 05 -- --threads 4\n"
    "  --help    print this help\n";

/// In a new process: becomes the program. It has an empty standard input, and
/// writes to the file where one is named.
[[noreturn]] void become(std::vector<std::string> words,
                         const std::string& output) {
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // ends when we end
#endif
    if (std::freopen("/dev/null", "r", stdin) == nullptr) _exit(127);
    if (!output.empty()) {
        if (std::freopen(output.c_str(), "w", stdout) == nullptr) _exit(127);
        dup2(STDOUT_FILENO, STDERR_FILENO);
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    fmt::print(stderr, "cannot be started: {}\n", std::strerror(errno));
    _exit(127);
}

/// Runs one program. When anything goes wrong, that is printed, and `good`
/// becomes false; there may be a record all the same, of what could be done.
std::optional<Record> run_program(std::vector<std::string> words, bool capture,
                                  bool& good) {
    const TemporaryFolder folder;
    const std::string record = folder / "record";
    const std::string output = capture ? folder / "output" : "";
    words.insert(words.end(), {"--record", record});
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) become(words, output);
    int status = -1;
    if (waitpid(child, &status, 0) != child) {
        throw std::runtime_error(words[0] + ": cannot be started");
    }
    if (status != 0) {
        good = false;
        show_progress("");
        if (capture) std::cerr << std::ifstream(output).rdbuf();
        fmt::print(stderr, "{}: {}\n", words[0],
                   how_it_ended(WEXITSTATUS(status),
                                WIFSIGNALED(status) ? WTERMSIG(status) : 0));
        if (!fs::exists(record)) return std::nullopt;
    }
    return read_last_record(record);
}

std::string in_colour(int ansi_colour, const std::string& text) {
    if (!shows_colour(stdout)) return text;
    return fmt::format("\033[{}m{}\033[0m", ansi_colour, text);
}
constexpr int red = 31;
constexpr int green = 32;

/// A version beside the serial one.
struct Comparison {
    const Record& serial;
    const Record& other;

    [[nodiscard]] bool is_same() const { return serial.result == other.result; }
    /// racy.cpp shows what a data race does: it may have another result.
    [[nodiscard]] bool is_good() const {
        return is_same() || other.version == "racy";
    }
    [[nodiscard]] bool is_judgeable() const {
        return serial.judgeable() && other.judgeable();
    }
    [[nodiscard]] double speedup() const {
        return median(serial.seconds) / median(other.seconds);
    }
    /// The same with the time of reading and writing.
    [[nodiscard]] double speedup_of_program() const {
        const auto whole = [](const Record& run) {
            return run.read_seconds + median(run.seconds) + run.write_seconds;
        };
        return whole(serial) / whole(other);
    }
    [[nodiscard]] std::string verdict() const;
};

std::string Comparison::verdict() const {
    constexpr const char* none = "00000000";  // the checksum of no bytes
    if (is_same() && other.result == none) return "no result to compare";
    if (other.version == "racy") {
        return is_same() ? "same result, by chance" : "wrong, on purpose";
    }
    if (!is_same()) {
        return in_colour(red, "WRONG: not the result of the serial version");
    }
    const std::string within =
        other.tolerance > 0.0 ? fmt::format(" within {:.1e}", other.tolerance)
                              : "";
    return in_colour(green, "same result" + within);
}

/// A version beside the serial one, as the student of the lesson sees it.
void print_comparison(const Comparison& compared) {
    fmt::print("  {}\n", compared.verdict());
    if (!compared.is_judgeable()) {
        fmt::print("  under 1 ms: too short for a speedup\n\n");
        return;
    }
    fmt::print("  speedup of the loop {:.2f}", compared.speedup());
    if (compared.serial.read_seconds + compared.serial.write_seconds > 0.0) {
        fmt::print(", of the whole program {:.2f}",
                   compared.speedup_of_program());
    }
    fmt::print("\n\n");
}

/// The cells of the table's row for a version, or of its header.
std::vector<std::string> row_of(const Comparison& compared) {
    const Record& run = compared.other;
    const auto ratio = [&](double value) {
        return compared.is_judgeable() ? fmt::format("{:.2f}", value) : "-";
    };
    return {
        run.version == "parallel" ? run.lesson : run.lesson + " " + run.version,
        run.size,
        seconds_text(median(compared.serial.seconds)),
        seconds_text(median(run.seconds)),
        std::to_string(run.threads),
        ratio(compared.speedup()),
        ratio(compared.speedup() / run.threads),
        compared.verdict()};
}

void print_row(const std::vector<std::string>& cells) {
    fmt::print("{:<23}{:<20} {:>9} {:>9} {:>7} {:>7} {:>10}  {}\n", cells[0],
               cells[1], cells[2], cells[3], cells[4], cells[5], cells[6],
               cells[7]);
}

/// Runs the lessons and prints what they print, or a table. @returns whether
/// all went well.
bool run_lessons(const std::vector<LessonPrograms>& lessons,
                 const std::vector<std::string>& arguments, bool as_table) {
    bool good = true;
    bool some_too_short = false;
    for (const LessonPrograms& programs : lessons) {
        std::optional<Record> serial;
        for (const fs::path& program : programs.versions) {
            if (as_table) {
                show_progress(fmt::format("{} {} ...", programs.lesson,
                                          program.filename().string()));
            }
            std::vector<std::string> words = {program.string()};
            words.insert(words.end(), arguments.begin(), arguments.end());
            const std::optional<Record> run =
                run_program(words, as_table, good);
            if (as_table) show_progress("");
            if (!run) break;
            if (!serial) {
                serial = run;
                if (!as_table) fmt::print("\n");
                continue;
            }
            const Comparison compared = {*serial, *run};
            as_table ? print_row(row_of(compared)) : print_comparison(compared);
            good = good && compared.is_good();
            some_too_short = some_too_short || !compared.is_judgeable();
        }
    }
    if (!as_table) return good;
    fmt::print(
        "\nTimes are medians. Speedup is serial / parallel, efficiency speedup "
        "/ threads.\n");
    if (some_too_short) {
        fmt::print("-: a run of under 1 ms, too short to judge.\n");
    }
    return good;
}

}  // namespace

int main(int argc, char** argv) {
    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    const std::vector<std::string> own(argv + 1, dashes);
    const std::vector<std::string> handed_on(std::min(dashes + 1, end), end);
    if (own == std::vector<std::string>{"--help"}) {
        fmt::print("{}", help);
        return 0;
    }
    try {
        if (own.size() > 1 || (own.size() == 1 && own[0].starts_with("-"))) {
            throw std::invalid_argument(
                fmt::format("'{}' is not expected: see --help", own.back()));
        }
        std::vector<LessonPrograms> lessons =
            find_lessons(fs::path(argv[0]).parent_path() / "lessons");
        const bool as_table = own.empty();
        if (as_table) {
            print_row({"lesson", "problem size", "serial", "parallel",
                       "threads", "speedup", "efficiency", "result"});
        } else {
            lessons = {find_lesson(lessons, own[0])};
        }
        return run_lessons(lessons, handed_on, as_table) ? 0 : 1;
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "run_lessons: {}\n", printable(error.what()));
        return 2;
    } catch (const std::exception& error) {
        fmt::print(stderr, "run_lessons: {}\n", printable(error.what()));
        return 1;
    }
}
