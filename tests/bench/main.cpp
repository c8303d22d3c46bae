// The bench: what the lessons reach of what the machine can give, measured in
// one run by Google Benchmark, its repetitions in random order.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "common/machine.hpp"
#include "common/output_file.hpp"
#include "common/statistics.hpp"
#include "common/terminal.hpp"
#include "tests/bench/report.hpp"
#include "tests/bench/suite.hpp"

namespace {

/// Collects the times instead of printing them.
class Collector : public benchmark::BenchmarkReporter {
 public:
    bool ReportContext(const Context& /*context*/) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type != Run::RT_Iteration) continue;
            times_[run.run_name.function_name].push_back(
                run.real_accumulated_time /
                static_cast<double>(run.iterations));
            show_progress(fmt::format("{} {}", run.run_name.function_name,
                                      run.repetition_index + 1));
        }
    }
    [[nodiscard]] const Times& times() const { return times_; }

 private:
    Times times_;
};

/// What Google Benchmark does not know.
struct Options {
    std::string json_file;      ///< empty: not wanted
    std::string roofline_file;  ///< a gnuplot script; empty: not wanted
};

constexpr std::string_view help =
    "bench: measures every lesson beside what this machine can give\n\n"
    "  --json=FILE      writes the figures to FILE\n"
    "  --roofline=FILE  writes a gnuplot script to FILE.gp, which draws "
    "FILE\n\n"
    "and Google Benchmark's own options; the most useful:\n\n"
    "  --benchmark_filter=REGEX    only these, such as "
    "'control|12_mandelbrot'\n"
    "  --benchmark_repetitions=N   9 unless given\n"
    "  --benchmark_min_time=X      seconds of a repetition; 0.05 unless given\n"
    "  --benchmark_list_tests\n\n"
    "OMP_PROC_BIND=true should be set. Nothing is concluded when a control\n"
    "gains less than 0.9 a processor, or is filtered out.\n";

/// Takes our options out of the arguments, and hands the rest to the library.
/// @throws std::invalid_argument for one that nobody knows.
Options read_options(int argc, char** argv) {
    Options options;
    std::string in_random_order = "--benchmark_enable_random_interleaving=true";
    std::string repetitions = "--benchmark_repetitions=9";
    std::string least_time = "--benchmark_min_time=0.05";
    std::vector<char*> arguments = {argv[0], in_random_order.data(),
                                    repetitions.data(), least_time.data()};
    const auto take = [](std::string_view argument, std::string_view name,
                         std::string& value) {
        if (!argument.starts_with(name)) return false;
        value = argument.substr(name.size());
        return true;
    };
    for (int i = 1; i < argc; ++i) {
        if (!take(argv[i], "--json=", options.json_file) &&
            !take(argv[i], "--roofline=", options.roofline_file)) {
            arguments.push_back(argv[i]);
        }
    }
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (count > 1) {
        throw std::invalid_argument(
            fmt::format("{}: no such option: see --help", arguments[1]));
    }
    return options;
}

void draw_roofline(const Suite& suite, const Times& times,
                   const std::string& machine, const std::string& picture) {
    if (!times.contains(arithmetic_on_all) || !times.contains(pass_in_place) ||
        !times.contains(copy_loop)) {
        return;  // filtered out
    }
    write_file(picture + ".gp", roofline_script(roof_of(suite, times),
                                                roofline_points(suite, times),
                                                machine, picture));
}

int run(int argc, char** argv) {
    const Options options = read_options(argc, argv);
    const Machine machine = describe_machine();
    fmt::print("{}\n\n", machine_line(machine));

    Suite suite(machine.processors_usable);
    add_limits(suite);
    add_filters(suite);
    add_lists(suite);
    add_mandelbrot(suite);
    add_files(suite);
    add_waiting(suite);
    add_harness(suite);
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);
    show_progress("");

    const Times& times = collector.times();
    if (times.empty()) return 0;  // --benchmark_list_tests
    const Control control = control_of(times, suite.threads());
    nlohmann::ordered_json figures = {
        {"processor", machine.processor},
        {"processors", suite.threads()},
        {"compiler", machine.compiler},
        {"runtime", machine.runtime},
        {"control", control.speedup},
        {"control_arithmetic", control.arithmetic},
        {"conclusive", control.conclusive}};
    figures["targets"] = report_targets(suite, times, control);
    figures["scaling"] = report_scaling(suite, times);
    for (const auto& [name, seconds] : times) {
        figures["seconds"][name] = median(seconds);
    }
    if (times.contains(empty_region)) {
        fmt::print("\nAn empty parallel region takes {}.\n",
                   seconds_text(median(times.at(empty_region))));
    }
    fmt::print("The controls gain {:.2f} and {:.2f} on {} processors{}\n",
               control.speedup, control.arithmetic, suite.threads(),
               control.conclusive
                   ? "."
                   : ": under 0.9 of them, or not measured. The machine is "
                     "busy, or has one processor: nothing is concluded.");
    if (!options.json_file.empty()) {
        write_file(options.json_file, figures.dump(2) + "\n");
    }
    if (!options.roofline_file.empty()) {
        draw_roofline(suite, times, machine_line(machine),
                      options.roofline_file);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--help") {
            fmt::print("{}", help);
            return 0;
        }
    }
    try {
        return run(argc, argv);
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "bench: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench: {}\n", error.what());
        return 1;
    }
}
