// One step of grading one exercise, within limits: compiles the student's file,
// or runs the tests of one criterion and judges them. ctest runs it, as `grade`
// has told it to. Exit status: 0 passed, 1 failed, 77 skipped, 2 wrong use.

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/grade/compile_errors.hpp"
#include "tests/grade/confine.hpp"
#include "tests/grade/json_files.hpp"
#include "tests/grade/symbols.hpp"
#include "tests/grade/verdict.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int skipped_status = 77;

std::atomic<bool> stop = false;

/// What a plain file in a folder that others could write to holds, up to a
/// megabyte; empty when it is none, or a link.
std::string read_plain_file(const fs::path& file) {
    constexpr std::size_t at_most = std::size_t{1} << 20;
    const int handle = open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (handle < 0) return {};
    struct stat about = {};
    std::string text;
    if (fstat(handle, &about) == 0 && S_ISREG(about.st_mode)) {
        text.resize(std::min(at_most, static_cast<std::size_t>(about.st_size)));
        const ssize_t size = read(handle, text.data(), text.size());
        text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    }
    close(handle);
    return text;
}

/// What the race detector has written; it says enough in a megabyte.
std::string race_reports(const fs::path& folder) {
    constexpr std::size_t enough = std::size_t{1} << 20;
    std::string reports;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().stem() != "race") continue;
        reports += read_plain_file(entry.path());
        if (reports.size() >= enough) break;
    }
    return reports;
}

/// What the arguments say.
struct Step {
    std::string what;   ///< "compile", or the criterion
    fs::path exercise;  ///< the student's file
    fs::path folder;    ///< where the program may write
    fs::path verdict;   ///< the file that the verdict goes to
    double seconds = 0.0;
    std::string sandbox;  ///< what can be read in it, "a:b"; "none": no sandbox
    std::vector<std::string> command;

    [[nodiscard]] bool in_sandbox() const { return sandbox != "none"; }
    /// What the sandbox shows beside the system's own folders.
    [[nodiscard]] std::vector<fs::path> readable(const fs::path& own) const {
        std::vector<fs::path> paths = {own};
        std::istringstream in(sandbox);
        for (std::string path; std::getline(in, path, ':');) {
            paths.emplace_back(path);
        }
        return paths;
    }
};

Limits limits_of(const Step& step) {
    Limits limits;
    limits.seconds = step.seconds;
    // Threads reserve stacks and arenas that they do not use, and the race
    // detector far more.
    if (step.what != "race_free") limits.address_space = limits.memory * 4;
    return limits;
}

int finish(const Step& step, const Verdict& verdict) {
    write_verdict(verdict, step.verdict);
    if (!verdict.why.empty()) fmt::print("{}\n", verdict.why);
    switch (verdict.status) {
        case Status::passed:
            return 0;
        case Status::skipped:
            return skipped_status;
        case Status::failed:
            break;
    }
    return 1;
}

/// What a compiler says when this machine is in trouble, not the exercise:
/// g++, clang++ and the linker, each of a disk, of memory, of a part missing.
std::string machines_trouble(const Step& step, const Outcome& outcome) {
    const auto says = [&outcome](const char* text) {
        return outcome.output.find(text) != std::string::npos;
    };
    if (says("No space left on device") || says("Disk quota exceeded")) {
        return fmt::format(
            "{}: no space left: set TMPDIR to a folder with more",
            step.folder.string());
    }
    if (outcome.system_out_of_memory || says("fatal error: Killed signal") ||
        says("unable to execute command: Killed")) {
        return "the compiler was ended: the system has too little memory";
    }
    for (const char* text :
         {"Read-only file system", "Input/output error",
          "fatal error: cannot execute", "error: unable to execute command"}) {
        if (says(text)) {
            return "the compiler does not work: " +
                   last_complaint(outcome.output);
        }
    }
    return {};
}

Verdict why_not_made(const Step& step, const Outcome& outcome) {
    const std::string trouble = machines_trouble(step, outcome);
    if (!trouble.empty()) return {.status = Status::skipped, .why = trouble};
    if (outcome.timed_out && outcome.starved) {
        return {.status = Status::skipped,
                .why = fmt::format("the machine is busy: the compiler waited "
                                   "for a processor for most of {:.0f} s",
                                   outcome.seconds)};
    }
    const std::string ended =
        outcome.exit_status < 0 ? ": " + outcome.how_it_ended() : "";
    return {.status = Status::failed,
            .why = fmt::format("it does not compile{}\n{}", ended,
                               explain_errors(outcome.output, step.exercise))};
}

/// Makes a program by commands that stand behind each other, "--" between them:
/// the first compiles the exercise to an object, nm lists its symbols, and only
/// if there is nothing against these, the rest links it.
int compile(const Step& step) {
    auto begin = step.command.begin();
    for (int number = 0; begin != step.command.end(); ++number) {
        const auto end = std::find(begin, step.command.end(), "--");
        const Outcome outcome =
            run_confined({.program = *begin,
                          .arguments = {begin + 1, end},
                          .limits = limits_of(step),
                          .folder = step.folder,
                          .sandbox = step.in_sandbox(),
                          .readable = step.readable(step.exercise),
                          .stop = &stop});
        if (!outcome.ok()) return finish(step, why_not_made(step, outcome));
        constexpr int symbols = 1;
        if (number == symbols) {
            const std::string why =
                objection_to_symbols(outcome.output, {end, step.command.end()});
            if (!why.empty()) {
                return finish(step, {.status = Status::failed,
                                     .why = "it is refused: " + why});
            }
        }
        begin = end == step.command.end() ? end : end + 1;
    }
    return finish(step, {.status = Status::passed, .share = 1.0});
}

/// A number that nobody can guess.
std::string draw_number() {
    std::random_device device;
    return fmt::format("{:08x}{:08x}", device(), device());
}

/// Whether the tests of `parallel`, which ran before, did not come to an end in
/// time.
bool never_ends(const Step& step) {
    const std::string name = step.verdict.filename();
    const auto verdict =
        read_verdict(step.verdict.parent_path() /
                     (name.substr(0, name.find('.')) + ".parallel.json"));
    return verdict && verdict->status == Status::failed && verdict->timed_out;
}

/// The file to which the race detector writes: in a sandbox the program is
/// process 2.
fs::path make_race_report(const fs::path& folder) {
    const fs::path report = folder / "race.2";
    std::ofstream file(report);
    if (!file) throw std::runtime_error(report.string() + ": cannot be made");
    return report;
}

/// Runs a test program, and judges what it leaves behind. Behind the program
/// stand the names of the tests that it has to run.
int run_tests(const Step& step) {
    if (step.what == "race_free" && never_ends(step)) {
        return finish(step, {.why = "not tested, since `parallel` never ends"});
    }
    Evidence evidence = {
        .outcome = {},
        .number = draw_number(),
        .tests = {step.command.begin() + 1, step.command.end()},
        .races = {},
        .exercise = step.exercise};
    evidence.outcome = run_confined(
        {.program = step.command.front(),
         .arguments = {fmt::format("--gtest_filter={}",
                                   fmt::join(evidence.tests, ":")),
                       "--gtest_color=no"},
         .environment =
             {{"OMP_WAIT_POLICY", "passive"},
              {"OMP_PROC_BIND", step.what == "fast" ? "true" : "false"},
              {"TSAN_OPTIONS",
               fmt::format("ignore_noninstrumented_modules=1:report_bugs=1:"
                           "exitcode=66:log_path=\"{}\"",
                           (step.folder / "race").string())}},
         .limits = limits_of(step),
         .folder = step.folder,
         .sandbox = step.in_sandbox(),
         .report = make_race_report(step.folder),
         .readable = step.readable(step.command.front()),
         .message = evidence.number,
         .stop = &stop});
    if (step.what == "race_free") evidence.races = race_reports(step.folder);
    fmt::print("{}\n", evidence.outcome.output);
    return finish(step, judge(step.what, evidence));
}

}  // namespace

int main(int argc, char** argv) {
    constexpr int arguments = 6;
    if (argc <= arguments + 1) {
        fmt::print(stderr,
                   "Usage: grade_step WHAT EXERCISE FOLDER VERDICT SECONDS "
                   "SANDBOX PROGRAM ARGUMENT...\n"
                   "`grade` uses it; docs/grading.md says more.\n");
        return 2;
    }
    // When ctest is ended we are told, and end what we have started.
    std::signal(SIGTERM, [](int) { stop = true; });
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    umask(S_IWGRP | S_IWOTH);  // another user runs what one user compiles
    try {
        const Step step = {.what = argv[1],
                           .exercise = argv[2],
                           .folder = argv[3],
                           .verdict = argv[4],
                           .seconds = std::stod(argv[arguments - 1]),
                           .sandbox = argv[arguments],
                           .command = {argv + arguments + 1, argv + argc}};
        try {
            fs::create_directories(step.folder);
            return step.what == "compile" ? compile(step) : run_tests(step);
        } catch (const CannotRun& error) {
            return finish(step,
                          {.status = Status::skipped, .why = error.what()});
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "grade_step: {}\n", error.what());
        return 2;
    }
}
