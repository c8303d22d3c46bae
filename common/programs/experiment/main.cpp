// The thread-count experiment: threads x schedules x sizes of one lesson, as a
// table, CSV, JSON, plots and a page.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/output_file.hpp"
#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/findings.hpp"
#include "common/programs/experiment/json.hpp"
#include "common/programs/experiment/plots.hpp"
#include "common/programs/experiment/report.hpp"
#include "common/programs/experiment/sweep.hpp"
#include "common/programs/lesson_programs.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::atomic<bool> stop = false;

/// Wrong use, which gives exit status 2.
struct WrongUse : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The options as they were typed, or as an assignment file has them.
struct Options {
    std::string lesson;
    fs::path lessons;
    fs::path output;
    std::vector<int> widths;
    std::vector<int> counts;
    Plan plan;  ///< what is left of the options
};

/// 1, 2, 4 ... and the number of processors itself.
std::vector<int> usual_threads(int processors) {
    std::vector<int> threads;
    for (int number = 1; number < processors; number *= 2) {
        threads.push_back(number);
    }
    threads.push_back(processors);
    return threads;
}

std::vector<int> sorted(std::vector<int> numbers) {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

/// Completes the plan by what the lesson and the machine have.
Plan make_plan(const Options& options, int processors) {
    const std::vector<LessonPrograms> lessons = find_lessons(options.lessons);
    const LessonPrograms& programs = find_lesson(lessons, options.lesson);
    Plan plan = options.plan;
    plan.lesson = programs.lesson;
    plan.programs = programs.versions.front().parent_path();
    for (const fs::path& program : programs.versions) {
        const std::string version = program.filename();
        // racy is wrong on purpose: its time says nothing.
        if (version != "serial" && version != "racy") {
            plan.versions.push_back(version);
        }
    }
    plan.threads =
        sorted(plan.threads.empty() ? usual_threads(processors) : plan.threads);
    const Words known = read_options(output_of(
        {.program = programs.versions.front(), .arguments = {"--describe"}}));
    const auto has = [&](const std::string& option) {
        return std::find(known.begin(), known.end(), option) != known.end();
    };
    const auto require = [&](bool given, const std::string& option) {
        if (!given || has(option)) return;
        throw WrongUse(
            fmt::format("{}: lesson {} has no such option: leave it "
                        "out, or choose another lesson",
                        option, plan.lesson));
    };
    require(!plan.schedules.empty(), "--schedule");
    require(!options.widths.empty(), "--width");
    require(!options.counts.empty(), "--count");
    if (plan.schedules.empty() && has("--schedule")) {
        plan.schedules = {"static", "static,1", "dynamic", "guided"};
    }
    const bool by_width = !options.widths.empty();
    for (const int size : sorted(by_width ? options.widths : options.counts)) {
        plan.size_option = by_width ? "--width" : "--count";
        plan.sizes.push_back(std::to_string(size));
    }
    plan.writes_pictures = has("--output");
    plan.keeps_log = has("--log");
    return plan;
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
        throw WrongUse(folder.string() +
                       ": is not empty: name a new folder with --output");
    }
    if (!error && access(folder.c_str(), W_OK) != 0) {
        error = std::make_error_code(std::errc::permission_denied);
    }
    if (error) {
        throw WrongUse(folder.string() + ": cannot be written: " +
                       error.message() + ": name another folder with --output");
    }
    return folder;
}

/// Measures into the experiment. Whatever ends this, a signal or an error, the
/// experiment has all that was measured until then.
void measure(const Plan& plan, const fs::path& folder, Experiment& experiment) {
    Sweep sweep(plan, stop);
    const double seconds = sweep.estimate();
    fmt::print("{}: {} settings, {} rounds, {} runs: {}. Results: {}\n",
               plan.lesson, plan.settings().size(), plan.repeats, plan.runs(),
               seconds > 0.0 ? "about " + duration_text(seconds) +
                                   ", more where runs are disturbed"
                             : "the time that it takes is not known",
               folder.string());
    std::fflush(stdout);
    Timer since_saved;
    const auto save_at_times = [&](const std::vector<Run>& runs) {
        experiment.runs = runs;
        constexpr double often = 10.0;  // seconds
        if (since_saved.seconds() < often) return;
        mark_counted(experiment.runs);
        write_file(folder / "runs.csv", runs_csv(experiment));
        since_saved = Timer();
    };
    sweep.measure(save_at_times);
    if (plan.keeps_log) sweep.log(folder / "settings");
    experiment.logged = sweep.logged();
}

void write_results(Experiment& experiment, const fs::path& folder) {
    mark_counted(experiment.runs);
    experiment.summaries =
        summarise(experiment.runs, experiment.processors, experiment.logged);
    add_findings(experiment);
    fmt::print("\n{}\n\n{}\n", experiment.headline,
               table_text(experiment, shows_colour(stdout)));
    for (const std::string& finding : experiment.findings) {
        fmt::print("* {}\n", finding);
    }
    fs::create_directories(folder / "settings");
    write_file(folder / "runs.csv", runs_csv(experiment));
    write_file(folder / "settings" / "table.tsv", plot_table(experiment));
    write_file(folder / "summary.json", to_json(experiment));
    for (const LoggedRun& run : experiment.logged) write_trace(run);
    for (const std::string& problem : draw_plots(folder)) {
        fmt::print("{}\n", problem);
    }
    write_report(experiment, folder);
    fmt::print("\nWritten: {}\n", (folder / "report.html").string());
}

/// @returns the exit status: 1 where a result is wrong or a setting failed.
int run_experiment(const Options& options, const std::string& command) {
    const Control now = read_control(output_of(
        {.program = options.plan.control, .arguments = {"1", "1000", "1"}}));
    const Plan plan = make_plan(options, now.processors);
    const fs::path folder = make_folder(options, plan);
    Experiment experiment;
    experiment.lesson = plan.lesson;
    experiment.command = command;
    experiment.machine = now.machine;
    experiment.processors = now.processors;
    experiment.started = local_time("%Y-%m-%dT%H:%M:%S%z");
    experiment.repeats = plan.repeats;
    experiment.planned_runs = plan.runs();
    experiment.size_option = plan.size_option;
    bool failed = false;
    try {
        measure(plan, folder, experiment);
    } catch (const std::exception& error) {
        show_progress("");
        fmt::print(stderr, "experiment: {}\n", error.what());
        failed = true;
    }
    show_progress("");
    experiment.interrupted = stop || failed;
    constexpr int interrupted = 130;  // as a shell tells of Ctrl-C
    if (experiment.runs.empty()) {
        fmt::print(stderr,
                   "experiment: ended before the first run was over: nothing "
                   "is written\n");
        fs::remove_all(folder);
        return stop ? interrupted : 1;
    }
    write_results(experiment, folder);
    if (stop) return interrupted;
    const bool good =
        std::all_of(experiment.summaries.begin(), experiment.summaries.end(),
                    [](const Summary& summary) {
                        return summary.median && !summary.wrong;
                    });
    return good && !failed ? 0 : 1;
}

std::string check_schedule(const std::string& text) {
    const std::string kind = text.substr(0, text.find(','));
    for (const char* known : {"static", "dynamic", "guided", "auto"}) {
        if (kind == known) return "";
    }
    return fmt::format(
        "'{}' is no schedule: give static, dynamic, guided or auto, several as "
        "'static;dynamic,16'",
        text);
}

void add_options(CLI::App& app, Options& options) {
    Plan& plan = options.plan;
    const auto add_numbers = [&](const char* name, std::vector<int>& numbers,
                                 int lowest, int highest, const char* help) {
        return app.add_option(name, numbers, help)
            ->delimiter(',')
            ->check(CLI::Range(lowest, highest))
            ->type_name("N,N");
    };
    constexpr int most = 2'000'000'000;
    app.add_option("--lesson,lesson", options.lesson,
                   "number or name, such as 12")
        ->type_name("LESSON");
    add_numbers("--threads", plan.threads, 1, 1024,
                "numbers of threads; unless given: 1, 2, 4 ... up to the "
                "number of processors");
    app.add_option("--schedule", plan.schedules,
                   "schedules, where the lesson takes one: "
                   "'static;dynamic,16'; unless given: static, static,1, "
                   "dynamic and guided")
        ->delimiter(';')
        ->check(CLI::Validator(check_schedule, ""))
        ->type_name("S;S");
    CLI::Option* widths = add_numbers("--width", options.widths, 0, most,
                                      "sizes, for lessons with pictures");
    add_numbers("--count", options.counts, 0, most,
                "sizes, for lessons with lists")
        ->excludes(widths);
    app.add_option("--repeat", plan.repeats, "timed runs of each setting")
        ->check(CLI::Range(1, 1000))
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--timeout", plan.timeout, "longest time for one run, s")
        ->check(CLI::Range(0.1, 86400.0))
        ->type_name("S")
        ->capture_default_str();
    app.add_option("--bind", plan.bind, "OMP_PROC_BIND of the runs")
        ->check(CLI::IsMember({"true", "false", "close", "spread"}))
        ->capture_default_str();
    app.add_option("--wait-policy", plan.wait_policy,
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
        "What follows -- is handed on to the lesson's programs.\n"
        "  experiment 12 --threads 1,2,4 --schedule 'static;dynamic'\n"
        "  experiment 08 --width 512,2048 -- --input photo.png\n"
        "report.html explains the columns of runs.csv.\n"
        "Exit status: 0 done, 1 a result is wrong or a setting failed, 2 wrong "
        "use,\n130 interrupted; what was measured until then is written.");
}

int run(int argc, char** argv) {
    CLI::App app(
        "Runs a lesson for numbers of threads, schedules and sizes, and tells "
        "what came out: a table, CSV, plots and a page.");
    app.name("experiment");
    const fs::path folder = fs::path(argv[0]).parent_path();
    Options options;
    options.lessons = folder / "lessons";
    options.plan.control = folder / "control";
    add_options(app, options);

    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    options.plan.lesson_arguments = Words(std::min(dashes + 1, end), end);
    try {
        app.parse(static_cast<int>(dashes - argv), argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        throw WrongUse(std::string(error.what()) + ": see --help");
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
    return run_experiment(options, command);
}

}  // namespace

int main(int argc, char** argv) {
    struct sigaction action = {};
    action.sa_handler = [](int) { stop = true; };
    action.sa_flags = SA_RESETHAND;  // a second one ends at once
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        sigaction(signal, &action, nullptr);
    }
    try {
        return run(argc, argv);
    } catch (const WrongUse& error) {
        fmt::print(stderr, "experiment: {}\n", error.what());
        return 2;
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "experiment: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        fmt::print(stderr, "experiment: {}\n", error.what());
        return 1;
    }
}
