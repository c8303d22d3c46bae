#include "common/programs/experiment/plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "common/output_file.hpp"
#include "common/programs/process.hpp"

namespace fs = std::filesystem;

std::vector<std::string> draw_plots(const fs::path& folder) {
    if (!run_process({.program = "gnuplot", .arguments = {"--version"}}).ok()) {
        return {
            "No plots: gnuplot is missing. Debian and Ubuntu: apt-get install "
            "gnuplot-nox"};
    }
    std::vector<std::string> problems;
    for (const std::string name : {"style", "chart"}) {
        write_file(folder / (name + ".gp"),
                   built_in_file("plots/" + name + ".gp"));
    }
    for (const std::string& name : plot_names) {
        const fs::path script = folder / (name + ".gp");
        write_file(script, built_in_file("plots/" + name + ".gp"));
        constexpr double long_enough = 120.0;  // seconds
        const Outcome outcome = run_process(
            {.program = "sh",
             .arguments = {"-c", "cd \"$1\" && exec gnuplot -d \"$2\"", "sh",
                           folder, script.filename()},
             .timeout = long_enough});
        const fs::path picture = folder / (name + ".png");
        if (!outcome.ok()) {
            problems.push_back(
                fmt::format("gnuplot cannot draw {}: {}\n{}", script.string(),
                            outcome.how_it_ended(), outcome.output));
            fs::remove(picture);
            fs::remove(folder / (name + ".svg"));
        }
    }
    for (const std::string& name : plot_names) {
        if (problems.empty() && !fs::exists(folder / (name + ".png"))) {
            fs::remove(folder / (name + ".gp"));
        }
    }
    return problems;
}

void write_trace(const LoggedRun& run) {
    const fs::path log = run.folder / "work_log.csv";
    std::ifstream in(log);
    std::string line;
    const auto malformed = [&](int number) {
        return std::runtime_error(fmt::format(
            "{}: line {} is none of a work log", log.string(), number));
    };
    if (!std::getline(in, line) || line != "item,thread,start_s,end_s") {
        throw malformed(1);
    }
    std::string events;
    int threads = run.setting.threads;
    for (int number = 2; std::getline(in, line); ++number) {
        long long item = 0;
        int thread = 0;
        double start = 0.0;
        double end = 0.0;
        char more = '\0';
        if (std::sscanf(line.c_str(), "%lld,%d,%lf,%lf%c", &item, &thread,
                        &start, &end, &more) != 4) {
            throw malformed(number);
        }
        if (thread < 0) continue;  // nobody did it
        threads = std::max(threads, thread + 1);
        events += fmt::format(
            ",\n"
            R"({{"ph":"X","pid":1,"tid":{},"name":"item {}",)"
            R"("ts":{:.3f},"dur":{:.3f}}})",
            thread, item, 1e6 * start, 1e6 * (end - start));
    }
    std::string names;
    for (int thread = 0; thread < threads; ++thread) {
        names += fmt::format(
            "{}\n"
            R"({{"ph":"M","pid":1,"tid":{},"name":"thread_name",)"
            R"("args":{{"name":"thread {}"}}}})",
            thread == 0 ? "" : ",", thread, thread);
    }
    write_file(run.folder / "trace.json",
               R"({"traceEvents":[)" + names + events + "\n]}\n");
}
