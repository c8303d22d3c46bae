// One step of grading one exercise, within limits: compiles the student's file,
// or runs the tests of one criterion and judges them. ctest runs it; `grade`
// writes the tests. Exit status: 0 passed, 1 failed, 77 skipped, 2 wrong use.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "common/output_file.hpp"
#include "tests/grade/confine.hpp"
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

/// The options of both kinds of step.
struct Step {
    fs::path folder;    ///< where the program may write
    fs::path exercise;  ///< the student's file
    fs::path verdict;   ///< the file that the verdict goes to
    double seconds = 10.0;
    std::int64_t megabytes = 2048;
    bool race_detector = false;
    std::vector<std::string> command;
};

Limits limits_of(const Step& step) {
    Limits limits;
    limits.seconds = step.seconds;
    limits.memory = step.megabytes << 20;
    // Threads reserve stacks and arenas that they do not use.
    if (!step.race_detector) limits.address_space = limits.memory * 4;
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

int compile(const Step& step) {
    fs::create_directories(step.folder);
    const Outcome outcome = run_confined(
        {.program = step.command.front(),
         .arguments = {step.command.begin() + 1, step.command.end()},
         .limits = limits_of(step),
         .folder = step.folder,
         .stop = &stop});
    if (outcome.ok()) {
        return finish(step, {.status = Status::passed, .share = 1.0});
    }
    constexpr std::size_t at_most = 4000;  // bytes of the compiler's messages
    std::string why = "it does not compile";
    if (outcome.exit_status < 0) why += ": " + outcome.how_it_ended();
    // As the student knows the file, not where its copy lies.
    std::string messages = outcome.output.substr(0, at_most);
    const std::string path = step.exercise.string();
    for (auto at = messages.find(path); at != std::string::npos;
         at = messages.find(path)) {
        messages.replace(at, path.size(), "exercise.cpp");
    }
    return finish(step,
                  {.status = Status::failed, .why = why + "\n" + messages});
}

int run_tests(const Step& step, const std::string& criterion) {
    fs::create_directories(step.folder);
    const fs::path result = step.folder / "result.json";
    const Outcome outcome = run_confined(
        {.program = step.command.front(),
         .arguments = {"--gtest_filter=" + suite_of(criterion) + ".*",
                       "--gtest_color=no"},
         .environment =
             {{"GTEST_OUTPUT", "json:" + result.string()},
              {"OMP_WAIT_POLICY", "passive"},
              {"OMP_PROC_BIND", criterion == "fast" ? "true" : "false"},
              {"TSAN_OPTIONS",
               fmt::format("ignore_noninstrumented_modules=1:report_bugs=1:"
                           "exitcode=66:log_path={}",
                           (step.folder / "race").string())}},
         .limits = limits_of(step),
         .folder = step.folder,
         .stop = &stop});
    Evidence evidence = {.outcome = outcome,
                         .results = read_plain_file(result),
                         .races = {},
                         .exercise = step.exercise};
    for (const auto& entry : fs::directory_iterator(step.folder)) {
        if (entry.path().stem() == "race") {
            evidence.races += read_plain_file(entry.path());
        }
    }
    fmt::print("{}\n", outcome.output);
    return finish(step, judge(criterion, evidence));
}

}  // namespace

int main(int argc, char** argv) {
    // When ctest is ended we are told, and end what we have started.
    std::signal(SIGTERM, [](int) { stop = true; });
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    CLI::App options(
        "One step of grading one exercise, within limits. `grade` uses it.");
    options.name("examine");
    std::string what;
    std::string skip;
    Step step;
    options
        .add_option("what", what,
                    "compile, or the criterion: correct, parallel, race_free, "
                    "fast")
        ->required();
    options.add_option("--folder", step.folder, "where the program may write")
        ->required();
    options.add_option("--exercise", step.exercise, "the student's file");
    options.add_option("--verdict", step.verdict, "file to write")->required();
    options.add_option("--seconds", step.seconds, "time limit");
    options.add_option("--memory", step.megabytes, "memory limit, in MiB");
    options.add_flag("--race-detector", step.race_detector,
                     "it reserves much address space");
    options.add_option("--skip", skip, "do not judge, for this reason");
    options.footer("What stands behind -- is the program to run.");
    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    step.command.assign(std::min(dashes + 1, end), end);
    CLI11_PARSE(options, static_cast<int>(dashes - argv), argv);
    try {
        if (!skip.empty()) {
            return finish(step, {.status = Status::skipped, .why = skip});
        }
        if (step.command.empty()) {
            throw std::invalid_argument("no program to run");
        }
        return what == "compile" ? compile(step) : run_tests(step, what);
    } catch (const std::exception& error) {
        fmt::print(stderr, "examine: {}\n", error.what());
        return 2;
    }
}
