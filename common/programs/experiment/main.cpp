// The thread-count experiment: threads x schedules x sizes of one lesson, as a
// table, CSV, JSON, plots and a page.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/output_file.hpp"
#include "common/programs/experiment/figures.hpp"
#include "common/programs/experiment/findings.hpp"
#include "common/programs/experiment/report.hpp"
#include "common/programs/experiment/sweep.hpp"
#include "common/programs/experiment/table.hpp"
#include "common/programs/lesson_programs.hpp"
#include "common/programs/process.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::atomic<bool> stop = false;

/// Wrong use, told with exit status 2.
struct WrongUse : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The options as they were typed, or stand in an assignment file.
struct Options {
    std::string lesson;
    Words threads;
    Words schedules;
    Words widths;
    Words counts;
    std::string bind = "true";
    std::string wait_policy;
    int repeats = 7;
    double timeout = 300.0;
    fs::path output;
    fs::path lessons;
    Words handed_on;
};

/// Every value as a whole number in the range, or wrong use.
std::vector<int> whole_numbers(const Words& values, const std::string& option,
                               int lowest, int highest) {
    std::vector<int> numbers;
    for (const std::string& value : values) {
        int number = 0;
        const char* end = value.data() + value.size();
        const auto [rest, error] = std::from_chars(value.data(), end, number);
        if (error != std::errc() || rest != end || number < lowest ||
            number > highest) {
            throw WrongUse(fmt::format(
                "{}: '{}' is not a whole number from {} to {}: give a list "
                "such as {} 1,2,4",
                option, value, lowest, highest, option));
        }
        if (std::find(numbers.begin(), numbers.end(), number) ==
            numbers.end()) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

/// 1, 2, 4 ... and the number of processors itself.
std::vector<int> usual_threads(int processors) {
    std::vector<int> threads;
    for (int number = 1; number < processors; number *= 2) {
        threads.push_back(number);
    }
    threads.push_back(processors);
    return threads;
}

/// What a lesson's program can do, by its own --help.
class Abilities {
 public:
    explicit Abilities(const fs::path& program)
        : help_(run_process({.program = program, .arguments = {"--help"}})
                    .output) {}
    [[nodiscard]] bool has(const std::string& option) const {
        return help_.find("  " + option + " ") != std::string::npos;
    }

 private:
    std::string help_;
};

Plan make_plan(const Options& options, int processors) {
    const std::vector<LessonPrograms> lessons = find_lessons(options.lessons);
    const LessonPrograms& programs = find_lesson(lessons, options.lesson);
    Plan plan;
    plan.lesson = programs.lesson;
    plan.programs = programs.versions.front().parent_path();
    for (const fs::path& program : programs.versions) {
        const std::string version = program.filename();
        // racy is wrong on purpose: its time says nothing.
        if (version != "serial" && version != "racy") {
            plan.versions.push_back(version);
        }
    }
    constexpr int most_threads = 1024;
    plan.threads =
        options.threads.empty()
            ? usual_threads(processors)
            : whole_numbers(options.threads, "--threads", 1, most_threads);

    const Abilities abilities(programs.versions.front());
    const auto require = [&](const Words& values, const std::string& option) {
        if (!values.empty() && !abilities.has(option)) {
            throw WrongUse(
                fmt::format("{}: lesson {} has no such option: "
                            "leave it out, or choose another lesson",
                            option, plan.lesson));
        }
    };
    require(options.schedules, "--schedule");
    for (const std::string& schedule : options.schedules) {
        const std::string kind = schedule.substr(0, schedule.find(','));
        const Words kinds = {"static", "dynamic", "guided", "auto"};
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
            throw WrongUse(fmt::format(
                "--schedule: '{}' is no schedule: give static, dynamic, guided "
                "or auto, several as 'static;dynamic,16'",
                schedule));
        }
    }
    require(options.widths, "--width");
    require(options.counts, "--count");
    plan.schedules = options.schedules;
    if (plan.schedules.empty() && abilities.has("--schedule")) {
        plan.schedules = {"static", "static,1", "dynamic", "guided"};
    }
    constexpr int most = 2'000'000'000;
    whole_numbers(options.widths, "--width", 0, most);
    whole_numbers(options.counts, "--count", 0, most);
    plan.sizes = options.widths.empty() ? options.counts : options.widths;
    plan.size_option = options.widths.empty() ? "--count" : "--width";
    if (!options.widths.empty() && !options.counts.empty()) {
        throw WrongUse("--width and --count: give one of them");
    }
    plan.bind = options.bind;
    plan.wait_policy = options.wait_policy;
    plan.repeats = options.repeats;
    plan.timeout = options.timeout;
    plan.writes_pictures = abilities.has("--output");
    plan.keeps_log = abilities.has("--log");
    plan.lesson_arguments = options.handed_on;
    return plan;
}

std::string local_time(const char* format) {
    const std::time_t now = std::time(nullptr);
    std::tm parts = {};
    localtime_r(&now, &parts);
    constexpr std::size_t longest = 64;
    std::string text(longest, '\0');
    text.resize(std::strftime(text.data(), longest, format, &parts));
    return text;
}

/// Makes the folder for the results; one that is there must be empty.
fs::path make_folder(const Options& options, const Plan& plan) {
    fs::path folder =
        options.output.empty()
            ? fs::path("results") / plan.lesson / local_time("%Y-%m-%d_%H%M%S")
            : options.output;
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error && !fs::is_empty(folder, error) && !error) {
        throw WrongUse(
            fmt::format("{}: is not empty: name a new folder with "
                        "--output",
                        folder.string()));
    }
    if (!error && access(folder.c_str(), W_OK) != 0) {
        error = std::make_error_code(std::errc::permission_denied);
    }
    if (error) {
        throw WrongUse(
            fmt::format("{}: cannot be written: {}: name another "
                        "folder with --output",
                        folder.string(), error.message()));
    }
    return folder;
}

void take_imbalances(Experiment& experiment) {
    for (const LoggedRun& run : experiment.logged) {
        for (Summary& summary : experiment.summaries) {
            if (summary.setting == run.setting) {
                summary.imbalance = run.imbalance;
            }
        }
    }
}

void write_results(const Experiment& experiment, const fs::path& folder) {
    write_file(folder / "runs.csv", to_csv(experiment.runs));
    write_file(folder / "summary.json", to_json(experiment));
    for (const LoggedRun& run : experiment.logged) {
        fs::path trace = run.log;
        write_trace(run, trace.replace_extension(".trace.json"));
    }
    std::vector<Figure> figures;
    if (has_gnuplot()) {
        figures = draw_figures(experiment, folder);
    } else {
        fmt::print(
            "No plots: gnuplot is missing. Debian and Ubuntu: apt-get "
            "install gnuplot-nox\n");
    }
    write_report(experiment, figures, folder / "report.html");
}

/// @returns the exit status: 1 where a result is wrong or nothing worked.
int run_experiment(const Options& options, const fs::path& control,
                   const std::string& command) {
    const Control now =
        run_control({.program = control, .arguments = {"--repeat", "1"}}, 1);
    const Plan plan = make_plan(options, now.processors);
    const fs::path folder = make_folder(options, plan);

    Sweep sweep(plan, control, stop);
    Experiment experiment;
    experiment.lesson = plan.lesson;
    experiment.command = command;
    experiment.machine = now.machine;
    experiment.processors = now.processors;
    experiment.started = local_time("%Y-%m-%dT%H:%M:%S%z");
    experiment.repeats = plan.repeats;
    experiment.planned_runs = sweep.planned_runs();
    experiment.size_option = plan.sizes.empty() ? "" : plan.size_option;
    sweep.measure();
    if (plan.keeps_log) sweep.log(folder);
    show_progress("");
    experiment.runs = sweep.runs();
    experiment.logged = sweep.logged();
    experiment.interrupted = stop;
    experiment.summaries = summarise(experiment.runs, experiment.processors);
    take_imbalances(experiment);
    experiment.findings = find_out(experiment);

    fmt::print("{}, {}\n\n{}\n", experiment.lesson, experiment.machine,
               table_text(experiment, shows_colour(stdout)));
    write_results(experiment, folder);
    fmt::print("Written: {}/report.html, runs.csv, summary.json\n",
               folder.string());
    const auto good = [](const Summary& summary) {
        return summary.median > 0.0 && !summary.wrong;
    };
    constexpr int interrupted = 130;  // as a shell tells of Ctrl-C
    if (stop) return interrupted;
    return std::all_of(experiment.summaries.begin(), experiment.summaries.end(),
                       good)
               ? 0
               : 1;
}

/// An assignment file may only hold what the program knows.
/// @throws WrongUse that names the file's line.
void check_config(const fs::path& file, const CLI::App& app) {
    std::ifstream in(file);
    if (!in) {
        throw WrongUse(
            fmt::format("{}: cannot be read: check the name", file.string()));
    }
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const std::size_t start = line.find_first_not_of(" \t");
        if (start == std::string::npos ||
            std::string("#;[\"]").find(line[start]) != std::string::npos) {
            continue;
        }
        const std::size_t end = line.find_first_of(" \t=", start);
        const std::string key = line.substr(start, end - start);
        const bool assigns = line.find('=') != std::string::npos;
        if (!assigns || app.get_option_no_throw("--" + key) != nullptr) {
            continue;
        }
        throw WrongUse(fmt::format(
            "{}:{}: there is no option '{}': see --help for those that are",
            file.string(), number, key));
    }
}

void add_options(CLI::App& app, Options& options) {
    app.add_option("--lesson,lesson", options.lesson,
                   "number or name, such as 12")
        ->type_name("LESSON");
    app.add_option("--threads", options.threads,
                   "numbers of threads; unless given: 1, 2, 4 ... up to the "
                   "number of processors")
        ->delimiter(',')
        ->type_name("N,N");
    app.add_option("--schedule", options.schedules,
                   "schedules, where the lesson takes one: "
                   "'static;dynamic,16'; unless given: static, static,1, "
                   "dynamic and guided")
        ->delimiter(';')
        ->type_name("S;S");
    app.add_option("--width", options.widths,
                   "sizes, for lessons with pictures")
        ->delimiter(',')
        ->type_name("N,N");
    app.add_option("--count", options.counts, "sizes, for lessons with lists")
        ->delimiter(',')
        ->type_name("N,N");
    app.add_option("--repeat", options.repeats, "timed runs of each setting")
        ->check(CLI::Range(1, 1000))
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--timeout", options.timeout, "longest time for one run, s")
        ->check(CLI::Range(0.1, 86400.0))
        ->type_name("S")
        ->capture_default_str();
    app.add_option("--bind", options.bind, "OMP_PROC_BIND of the runs")
        ->check(CLI::IsMember({"true", "false", "close", "spread"}))
        ->capture_default_str();
    app.add_option("--wait-policy", options.wait_policy,
                   "OMP_WAIT_POLICY of the runs")
        ->check(CLI::IsMember({"active", "passive"}));
    app.add_option("--output", options.output,
                   "folder for the results; unless given, "
                   "results/LESSON/DATE_TIME")
        ->type_name("FOLDER");
    app.add_option("--lessons", options.lessons,
                   "folder of the lessons' programs")
        ->type_name("FOLDER")
        ->capture_default_str();
    app.set_config("--config", "", "assignment file: these options as TOML")
        ->type_name("FILE");
    app.allow_config_extras(false);
    app.footer(
        "What stands behind -- is handed on to the lesson's programs.\n"
        "  experiment 12 --threads 1,2,4 --schedule 'static;dynamic'\n"
        "  experiment 08 --width 512,2048 -- --input photo.png\n"
        "Exit status: 0 done, 1 a result is wrong or a setting failed, 2 wrong "
        "use.");
}

int run(int argc, char** argv) {
    CLI::App app(
        "Runs a lesson for numbers of threads, schedules and sizes, and tells "
        "what came out: a table, CSV, plots and a page.");
    app.name("experiment");
    const fs::path folder = fs::path(argv[0]).parent_path();
    Options options;
    options.lessons = folder / "lessons";
    add_options(app, options);

    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    options.handed_on = Words(std::min(dashes + 1, end), end);
    try {
        for (char** word = argv; word + 1 < dashes; ++word) {
            if (std::string_view(*word) == "--config") {
                check_config(word[1], app);
            }
        }
        app.parse(static_cast<int>(dashes - argv), argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        throw WrongUse(std::string(error.what()) + ": see --help");
    }
    for (const auto& [option, values] :
         {std::pair("--threads", &options.threads),
          std::pair("--schedule", &options.schedules),
          std::pair("--width", &options.widths),
          std::pair("--count", &options.counts)}) {
        const bool empty =
            std::all_of(values->begin(), values->end(),
                        [](const std::string& value) { return value.empty(); });
        if (app.count(option) > 0 && empty) {
            throw WrongUse(fmt::format(
                "{}: the list is empty: give at least one value", option));
        }
    }
    if (options.lesson.empty()) {
        throw WrongUse("no lesson: give its number, such as experiment 12");
    }
    std::string command = "build/experiment";
    for (char** word = argv + 1; word < end; ++word) {
        const std::string text = *word;
        const bool plain =
            text.find_first_of(" ;'\"$&|<>()*") == std::string::npos;
        command += plain ? " " + text : " '" + text + "'";
    }
    return run_experiment(options, folder / "control", command);
}

}  // namespace

int main(int argc, char** argv) {
    struct sigaction action = {};
    action.sa_handler = [](int) { stop = true; };
    action.sa_flags = SA_RESETHAND;  // a second Ctrl-C ends at once
    sigaction(SIGINT, &action, nullptr);
    try {
        return run(argc, argv);
    } catch (const WrongUse& error) {
        fmt::print(stderr, "experiment: {}\n", error.what());
        return 2;
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "experiment: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        show_progress("");
        fmt::print(stderr, "experiment: {}\n", error.what());
        return 1;
    }
}
