// The bench: what the lessons reach of what the machine can give, in one run.
//
// It starts the lessons' programs, and bench_limits for what has to be compared
// in one process. It has no OpenMP itself: a runtime that binds its threads
// would bind all that it starts to one processor. And it holds little memory,
// because what it starts is said to hold no less (see Outcome).

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "common/output_file.hpp"
#include "common/programs/lesson_programs.hpp"
#include "common/programs/process.hpp"
#include "common/statistics.hpp"
#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"
#include "tests/bench/lessons.hpp"
#include "tests/bench/limits.hpp"
#include "tests/bench/report.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path output = "results/bench";

/// Runs bench_limits once and adds its times.
/// @returns the machine, in a line.
std::string measure_limits(Times& times) {
    const TemporaryFolder folder;
    const fs::path file = folder / "limits.json";
    run_program(BENCH_LIMITS, {"--benchmark_out=" + file.string(),
                               "--benchmark_repetitions=3",
                               "--benchmark_enable_random_interleaving"});
    std::ifstream input(file);
    const auto json = nlohmann::json::parse(input);
    constexpr double nanosecond = 1e-9;
    for (const auto& run : json.at("benchmarks")) {
        if (run.at("run_type") != "iteration") continue;
        const std::string name = run.at("run_name");
        times[name.substr(0, name.find("/min_time"))].push_back(
            nanosecond * run.at("real_time").get<double>());
    }
    return json.at("context").at("machine");
}

/// What is compared in the process of bench_limits. Of the fast forms of a
/// filter the faster one is judged, which is not the same everywhere.
void add_limit_targets(Suite& suite, const Times& times) {
    const Cost cost = {.operations = 3, .bytes = 6};  // of a pixel
    const auto add_filter = [&](const std::string& name, bool is_judged) {
        suite.targets.insert(
            suite.targets.end(),
            {{name + " against the plain copy loop", name, copy_loop,
              Kind::times, is_judged ? 1.0 : 0.0},
             {name + " against a plain pass in place", name, pass_in_place,
              Kind::times, is_judged ? 0.75 : 0.0},
             {name + " against memcpy", name, copy_by_memcpy}});
        suite.points.push_back({name, name, limit_pixels, cost});
    };
    for (const std::string colour : {"filter/grey", "filter/red"}) {
        const std::string vectors = colour + "/vectors";
        const std::string prefetch = colour + "/prefetch";
        const bool by_vectors =
            median(times.at(vectors)) < median(times.at(prefetch));
        add_filter(vectors, by_vectors);
        add_filter(prefetch, !by_vectors);
    }
    for (const char* colour : {"grey", "red", "green", "blue"}) {
        add_filter(std::string("filter/") + colour, false);
    }
    suite.targets.push_back({"runs of 10 ms against the harness around them",
                             harness_alone, harness_work, Kind::times, 100.0});
}

/// Draws the roofline, where gnuplot is present.
void draw_roofline(const Suite& suite, const Times& times,
                   const std::string& machine) {
    const fs::path table = output / "roofline.csv";
    const fs::path picture = output / "roofline.png";
    write_file(table, roofline_csv(roof_of(suite, times),
                                   roofline_points(suite, times)));
    const Outcome outcome = run_process(
        {.program = "gnuplot",
         .arguments = {"-e",
                       fmt::format("machine='{}'; table='{}'; picture='{}'",
                                   machine, table.string(), picture.string()),
                       ROOFLINE_SCRIPT}});
    fmt::print("{}\n", outcome.ok()
                           ? "Plot: " + picture.string()
                           : "No plot of the roofline: " + outcome.output);
}

/// The lessons that were asked for; without any, all.
std::vector<LessonPrograms> chosen(const std::vector<std::string>& wanted) {
    const std::vector<LessonPrograms> all = find_lessons(LESSON_PROGRAMS);
    if (wanted.empty()) return all;
    std::vector<LessonPrograms> lessons;
    for (const std::string& name : wanted) {
        lessons.push_back(find_lesson(all, name));
    }
    return lessons;
}

void run(const std::vector<std::string>& wanted, int rounds) {
    const auto threads = static_cast<int>(std::thread::hardware_concurrency());
    setenv("OMP_NUM_THREADS", std::to_string(threads).c_str(), 1);
    setenv("OMP_PROC_BIND", "true", 0);  // unless it is set already
    const std::vector<LessonPrograms> lessons = chosen(wanted);
    const auto programs = report_starts(lessons);  // while this one is small
    LessonRuns runs = plan_runs(lessons, threads);
    Times times;
    std::string machine;
    measure(
        runs, LESSON_PROGRAMS, rounds, [&] { machine = measure_limits(times); },
        times);
    fmt::print("\n{}\n\n", machine);
    add_limit_targets(runs.suite, times);

    const Control control = control_of(times, threads);
    nlohmann::ordered_json figures = {
        {"machine", machine},
        {"threads", threads},
        {"control", control.speedup},
        {"control_arithmetic", control.arithmetic},
        {"conclusive", control.conclusive}};
    figures["targets"] = report_targets(runs.suite, times, control);
    figures["scaling"] = report_scaling(runs.suite, times);
    figures["programs"] = programs;
    for (const auto& [name, seconds] : times) {
        figures["seconds"][name] = median(seconds);
    }
    fmt::print("\nAn empty parallel region takes {}.\n",
               seconds_text(median(times.at(empty_region))));
    fmt::print("The controls gain {:.2f} and {:.2f} on {} processors{}\n",
               control.speedup, control.arithmetic, threads,
               control.conclusive
                   ? "."
                   : ": under 0.9 of them. The machine is busy, or has one "
                     "processor: nothing is concluded.");
    fs::create_directories(output);
    write_file(output / "bench.json", figures.dump(2) + "\n");
    draw_roofline(runs.suite, times, machine);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Measures every lesson beside what this machine can give, and writes "
        "bench.json, roofline.csv and roofline.png to results/bench.");
    app.name("bench");
    std::vector<std::string> lessons;
    int rounds = 5;
    app.add_option("LESSON", lessons,
                   "numbers or names, such as 12 or mandelbrot; without any, "
                   "all lessons")
        ->type_name("");
    app.add_option("--rounds", rounds,
                   "how often everything is measured, in a random order")
        ->check(CLI::Range(1, 1000))
        ->type_name("N")
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        run(lessons, rounds);
        return 0;
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "bench: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        show_progress("");
        fmt::print(stderr, "bench: {}\n", error.what());
        return 1;
    }
}
