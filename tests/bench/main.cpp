// The bench: what the lessons reach of what the machine can give, measured in
// one run by Google Benchmark, its repetitions in random order.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "common/machine.hpp"
#include "common/output_file.hpp"
#include "common/statistics.hpp"
#include "common/terminal.hpp"
#include "tests/bench/cases.hpp"

namespace {

/// Seconds of each benchmark, one value a repetition.
using Times = std::map<std::string, std::vector<double>>;

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

/// A ratio of two benchmarks' times: of the medians, and what the quartiles
/// allow.
struct Ratio {
    double median = 0.0;
    double low = 0.0;
    double high = 0.0;
};

Ratio ratio_of(const std::vector<double>& reference,
               const std::vector<double>& subject) {
    constexpr double lower = 0.25;
    constexpr double upper = 0.75;
    return {.median = median(reference) / median(subject),
            .low = quantile(reference, lower) / quantile(subject, upper),
            .high = quantile(reference, upper) / quantile(subject, lower)};
}

/// Prints the table and returns it as JSON. `control` is what the machine's
/// processors gain together on a loop that only computes.
nlohmann::ordered_json report(const std::vector<Target>& targets,
                              const Times& times, double control,
                              bool conclusive) {
    fmt::print("{:<52} {:>7} {:>15} {:>8}\n", "what", "ratio", "quartiles",
               "target");
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const Target& target : targets) {
        if (!times.contains(target.subject) ||
            !times.contains(target.reference)) {
            continue;  // --benchmark_filter has left it out
        }
        Ratio ratio =
            ratio_of(times.at(target.reference), times.at(target.subject));
        if (target.kind == Kind::efficiency) {
            ratio.median /= control;
            ratio.low /= control;
            ratio.high /= control;
        }
        const bool judged = conclusive && target.at_least > 0.0;
        const std::string verdict = !judged ? ""
                                    : ratio.median >= target.at_least
                                        ? "reached"
                                        : "NOT reached";
        fmt::print(
            "{:<52} {:>7.2f} {:>15} {:>8}  {}\n", target.what, ratio.median,
            fmt::format("{:.2f} .. {:.2f}", ratio.low, ratio.high),
            target.at_least > 0.0 ? fmt::format("{:.2f}", target.at_least) : "",
            verdict);
        rows.push_back({{"what", target.what},
                        {"ratio", ratio.median},
                        {"low", ratio.low},
                        {"high", ratio.high},
                        {"target", target.at_least},
                        {"verdict", verdict}});
    }
    return rows;
}

int run(int argc, char** argv) {
    std::string json_file;
    std::vector<char*> arguments = {argv[0]};
    std::string in_random_order = "--benchmark_enable_random_interleaving=true";
    std::string repetitions = "--benchmark_repetitions=7";
    std::string at_least = "--benchmark_min_time=0.05";
    for (std::string* option : {&in_random_order, &repetitions, &at_least}) {
        arguments.push_back(option->data());
    }
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument.starts_with("--json=")) {
            json_file = argument.substr(std::string_view("--json=").size());
        } else {
            arguments.push_back(argv[i]);
        }
    }
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) {
        fmt::print(stderr,
                   "bench: --json=FILE, and Google Benchmark's own "
                   "options (--help)\n");
        return 2;
    }

    const Machine machine = describe_machine();
    const int threads = machine.processors_usable;
    const std::vector<Target> targets = register_cases(threads);
    fmt::print("{}, {} processors, {}, {}\n\n", machine.processor, threads,
               machine.compiler,
               machine.runtime.empty() ? "OpenMP is off" : machine.runtime);
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);
    show_progress("");
    const Times& times = collector.times();
    const bool has_control =
        times.contains(control_on_one) && times.contains(control_on_all);
    const double control = has_control ? ratio_of(times.at(control_on_one),
                                                  times.at(control_on_all))
                                             .median
                                       : threads;
    constexpr double quiet = 0.9;
    const bool conclusive = has_control && control >= quiet * threads;
    const nlohmann::ordered_json rows =
        report(targets, times, control, conclusive);
    if (times.contains("limit/empty_region")) {
        fmt::print("\nAn empty parallel region takes {}.\n",
                   seconds_text(median(times.at("limit/empty_region"))));
    }
    fmt::print("The control gains {:.2f} on {} processors", control, threads);
    fmt::print("{}\n", conclusive
                           ? "."
                           : ": under 0.9 of them. The machine is busy, or has "
                             "one processor: nothing is concluded.");
    if (!json_file.empty()) {
        OutputFile out(json_file);
        out.write(nlohmann::ordered_json{{"processor", machine.processor},
                                         {"processors", threads},
                                         {"compiler", machine.compiler},
                                         {"runtime", machine.runtime},
                                         {"control", control},
                                         {"conclusive", conclusive},
                                         {"targets", rows}}
                      .dump(2) +
                  "\n");
        out.commit();
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench: {}\n", error.what());
        return 1;
    }
}
