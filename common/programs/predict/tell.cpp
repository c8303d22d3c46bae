#include "common/programs/predict/tell.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "common/output_file.hpp"
#include "common/terminal.hpp"
#include "common/thread_map.hpp"
#include "common/work_log.hpp"

namespace {

/// Whether two processors may be one core's.
bool has_hyper_threads() {
    std::ifstream file("/sys/devices/system/cpu/smt/active");
    int active = 0;
    return file >> active && active == 1;
}

}  // namespace

void print_table(const std::vector<Line>& lines) {
    fmt::print("{:>7}  {:<18} {:>9} {:>8} {:>10} {:>9} {:>10} {:>8}\n",
               "threads", "schedule", "makespan", "speedup", "efficiency",
               "imbalance", "measured", "error");
    for (const Line& line : lines) {
        const auto number = [&](double Prediction::*part) {
            return line.prediction
                       ? fmt::format("{:.2f}", (*line.prediction).*part)
                       : "-";
        };
        fmt::print(
            "{:>7}  {:<18} {:>9} {:>8} {:>10} {:>9} {:>10} {:>8}\n",
            line.threads, line.schedule,
            line.prediction ? seconds_text(line.prediction->makespan) : "-",
            number(&Prediction::speedup), number(&Prediction::efficiency),
            number(&Prediction::imbalance),
            line.measured ? seconds_text(*line.measured) : "",
            line.error ? fmt::format("{:+.1f} %", *line.error) : "");
    }
}

void write_csv(const std::vector<Line>& lines, const std::string& lesson,
               const Wanted& wanted) {
    std::string text =
        "lesson,version,threads,schedule,makespan_s,speedup,efficiency,"
        "imbalance,measured_s,error_percent\n";
    for (const Line& line : lines) {
        const auto known = [](const std::optional<double>& value) {
            return value ? fmt::format("{}", *value) : "";
        };
        text += fmt::format("{},{},{},\"{}\",", lesson, wanted.version,
                            line.threads, line.schedule);
        text += line.prediction
                    ? fmt::format("{},{},{},{}", line.prediction->makespan,
                                  line.prediction->speedup,
                                  line.prediction->efficiency,
                                  line.prediction->imbalance)
                    : ",,,";
        text +=
            fmt::format(",{},{}\n", known(line.measured), known(line.error));
    }
    write_file(wanted.csv, text);
}

void print_timeline(const Loop& loop, const NamedCut& named, int threads,
                    const Costs& costs) {
    const TeamWork work = share_loop(loop, named.cut, threads, costs);
    std::vector<WorkLog::Entry> entries(loop.lengths.size());
    for (const Chunk& chunk : work.chunks) {
        double now = chunk.start;
        for (std::int64_t i = chunk.first; i < chunk.first + chunk.size; ++i) {
            const auto item = static_cast<std::size_t>(i);
            entries[item] = {chunk.thread, now, now + loop.lengths[item]};
            now = entries[item].end;
        }
    }
    fmt::print(
        "\n{} on {} threads, predicted; the last digits of the "
        "iterations:\n{}",
        named.name, threads,
        timeline_text(WorkLog(std::move(entries)), threads));
}

void print_ceiling(const Programs& programs, const Record& alone,
                   int processors) {
    constexpr std::int64_t most = std::int64_t{1} << 30;
    const std::int64_t list =
        std::clamp<std::int64_t>(alone.bytes_moved / 2, 1, most);
    const double bandwidth = programs.control(processors, list).pass_bandwidth;
    const double least = static_cast<double>(alone.bytes_moved) / bandwidth;
    fmt::print(
        "No prediction: this loop reads and writes {}, and the model knows "
        "nothing\nof memory. A plain pass over as much moves {}/s on {} "
        "threads "
        "here, so\nthe loop takes {} or more: at most {:.2f} times as fast as "
        "on "
        "one thread\n({}). What another machine gives has to be measured "
        "there:\nmake experiment-{}.\n",
        bytes_text(alone.bytes_moved),
        bytes_text(static_cast<std::int64_t>(bandwidth)), processors,
        seconds_text(least), alone.seconds[0] / least,
        seconds_text(alone.seconds[0]), programs.name().substr(0, 2));
}

void print_notes(const Measured& measured, const Costs& costs, int processors,
                 int largest, bool some_wait) {
    for (const auto& [threads, efficiency] : measured.control) {
        if (efficiency >= quiet) continue;
        fmt::print(
            "* No error on {} threads: a loop that only computes reached "
            "{:.2f} "
            "of what {}\n  processors should give. Other programs ran, two "
            "processors share a core, or\n  the clock fell.\n",
            threads, efficiency, threads);
    }
    if (has_hyper_threads()) {
        fmt::print(
            "* Processors of this machine are hyper-threads: two of them share "
            "a core. The\n  model takes every thread for a core.\n");
    }
    if (some_wait) {
        fmt::print(
            "* -: the threads ask for chunks so often that requests wait for "
            "each other.\n  The model does not know for how long. Larger "
            "chunks help.\n");
    }
    if (largest > processors) {
        fmt::print(
            "* This machine has {} processor{}. More threads are predicted for "
            "a machine with\n  a core for each of them, as fast as these, "
            "however many work. A fetch is taken\n  to cost what it costs "
            "here, {}.\n",
            processors, processors == 1 ? "" : "s", seconds_text(costs.fetch));
    }
}
