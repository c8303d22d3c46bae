// The thread-count experiment: threads x schedules x sizes of one lesson, as a
// table, CSV, JSON, plots and a page.

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/output_file.hpp"
#include "common/programs/experiment/collect.hpp"
#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/findings.hpp"
#include "common/programs/experiment/handin.hpp"
#include "common/programs/experiment/options.hpp"
#include "common/programs/experiment/prediction.hpp"
#include "common/programs/experiment/report.hpp"
#include "common/programs/experiment/sweep.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;

std::atomic<bool> stop = false;

/// Makes the folder for the results; one that is there must be empty.
fs::path make_folder(const Plan& plan, const std::string& of) {
    fs::path folder = plan.output.empty() ? fs::path("results") / of /
                                                local_time("%Y-%m-%d_%H%M%S")
                                          : plan.output;
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error && access(folder.c_str(), W_OK) != 0) {
        error = std::make_error_code(std::errc::permission_denied);
    }
    const bool is_used = !error && !fs::is_empty(folder);
    if (!error && !is_used) return folder;
    throw std::invalid_argument(fmt::format(
        "{}: {}: name another folder with --output", folder.string(),
        is_used ? "is not empty" : "cannot be written: " + error.message()));
}

/// @throws std::invalid_argument where a range is expected of no setting.
void require_expected(const Plan& plan) {
    const std::vector<Setting> settings = plan.settings();
    for (const Expectation& expected : plan.assignment.expected) {
        if (std::any_of(settings.begin(), settings.end(),
                        [&](const Setting& setting) {
                            return is_about(expected, setting);
                        })) {
            continue;
        }
        throw std::invalid_argument(
            fmt::format("{}: expect: '{}' is about no setting of this "
                        "experiment",
                        plan.assignment.file, expected.text));
    }
}

/// Measures into the experiment. Whatever ends this, a signal or an error, the
/// experiment has all that was measured until then.
void measure(const Plan& plan, const fs::path& folder, Experiment& experiment) {
    Sweep sweep(plan, stop);
    const double seconds = sweep.estimate();
    fmt::print("{}: {} settings, {} rounds, {} runs; about {}. Results: {}\n",
               plan.lesson, plan.settings().size(), plan.repeats, plan.runs(),
               seconds > 0.0
                   ? duration_text(seconds) + ", more where runs are disturbed"
                   : "? s",
               printable(folder.string()));
    std::fflush(stdout);
    sweep.measure([&](const std::vector<Run>& runs) {
        experiment.runs = runs;
        mark_counted(experiment.runs);
        write_file(folder / "runs.csv", runs_csv(experiment));
    });
    if (plan.keeps_log) experiment.logged = sweep.log(plan.output / "settings");
    experiment.item_times = sweep.item_times(experiment.logged);
    if (!experiment.item_times.empty() && !stop) {
        experiment.costs = sweep.costs(experiment.processors);
    }
}

void write_results(Experiment& experiment, const fs::path& folder) {
    mark_counted(experiment.runs);
    experiment.hosts = hosts_of(experiment.runs);
    experiment.summaries =
        summarise(experiment.runs, experiment.processors, experiment.logged);
    add_findings(experiment);
    fmt::print("\n{}\n\n{}\n{}\n", experiment.headline, experiment.machine,
               table_text(table_rows(experiment)));
    for (const std::string& finding : experiment.findings) {
        fmt::print("* {}\n", finding);
    }
    fs::create_directories(folder / "settings");
    write_file(folder / "runs.csv", runs_csv(experiment));
    write_file(folder / "settings" / "table.tsv", plot_table(experiment));
    const std::string predicted = prediction_table(experiment, experiment.costs,
                                                   WORKBOOK_SOURCE "/lessons");
    if (!predicted.empty()) {
        write_file(folder / "settings" / "prediction.tsv", predicted);
    }
    write_file(folder / "summary.json", to_json(experiment));
    for (const std::string& problem : draw_plots(folder)) {
        fmt::print("{}\n", problem);
    }
    write_report(experiment, folder);
    fmt::print("\nWritten: {}\n", printable((folder / "report.html").string()));
}

/// @returns the exit status: 1 where a result is wrong or a setting failed.
int run_experiment(Plan& plan) {
    if (plan.threads.empty() &&
        plan.launcher.find("{threads}") != std::string::npos) {
        throw std::invalid_argument(
            "--launcher has {threads}: give --threads as well");
    }
    const Control now = read_control(output_of(plan.first_control()));
    plan.complete(now.processors);
    require_expected(plan);
    const fs::path folder = make_folder(plan, plan.lesson);
    plan.output = fs::absolute(folder);
    // Temporary files have to be where programs find them on any machine.
    if (!plan.launcher.empty()) setenv("TMPDIR", plan.output.c_str(), 1);
    Experiment experiment;
    experiment.lesson = plan.lesson;
    experiment.command = plan.typed;
    experiment.machine = now.machine;
    experiment.processors = now.processors;
    experiment.started = local_time("%Y-%m-%dT%H:%M:%S%z");
    experiment.repeats = plan.repeats;
    experiment.planned_runs = plan.runs();
    experiment.size_option = plan.size_option();
    experiment.assignment = plan.assignment;
    try {
        measure(plan, folder, experiment);
    } catch (const std::exception& error) {
        experiment.interrupted = true;
        fmt::print(stderr, "\nexperiment: {}\n", printable(error.what()));
    }
    show_progress("");
    constexpr int by_signal = 130;  // what shells report for Ctrl-C
    const bool stopped = stop;
    experiment.interrupted = experiment.interrupted || stopped;
    if (experiment.runs.empty()) {
        fs::remove(folder);  // it is empty
        fmt::print(stderr,
                   "experiment: ended before the first run was over: "
                   "nothing is written\n");
        return stopped ? by_signal : 1;
    }
    write_results(experiment, folder);
    if (stopped) return by_signal;
    const bool good = std::all_of(
        experiment.summaries.begin(), experiment.summaries.end(),
        [](const Summary& one) { return one.median && !one.wrong; });
    return good && !experiment.interrupted ? 0 : 1;
}

/// @returns the exit status: 1 where a file was skipped.
int compare_students(const Plan& plan) {
    const fs::path& folder = plan.collected;
    if (!fs::is_directory(folder)) {
        throw std::invalid_argument(folder.string() + ": is no folder");
    }
    const Collection collection = collect(folder);
    if (!collection.handed.empty()) {
        const fs::path output = make_folder(plan, "collected");
        write_collection(collection, output);
        fmt::print("Written: {}\n",
                   printable((output / "collected.html").string()));
    } else if (collection.skipped.empty()) {
        throw std::invalid_argument(folder.string() +
                                    ": there is no summary.json in it");
    }
    for (const std::string& file : collection.skipped) {
        fmt::print("Skipped: {}\n", file);
    }
    return collection.skipped.empty() ? 0 : 1;
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
        std::optional<Plan> plan = read_command_line(argc, argv);
        if (!plan) return 0;
        return plan->collected.empty() ? run_experiment(*plan)
                                       : compare_students(*plan);
    } catch (const std::exception& error) {
        fmt::print(stderr, "experiment: {}\n", printable(error.what()));
        const bool is_wrong_use =
            dynamic_cast<const std::invalid_argument*>(&error) != nullptr;
        return is_wrong_use ? 2 : 1;
    }
}
