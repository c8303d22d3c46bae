#include "common/programs/experiment/prediction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace {

/// The same curve: all but the number of threads.
bool is_same_curve(Setting a, const Setting& b) {
    a.threads = b.threads;
    return a == b;
}

/// The last point of its curve that was measured with a processor for each
/// thread.
bool is_last(const Summary& summary, const Experiment& experiment) {
    const auto is_usable = [](const Summary& one) {
        return one.speedup && !one.oversubscribed && !one.setting.is_serial();
    };
    return is_usable(summary) &&
           std::none_of(
               experiment.summaries.begin(), experiment.summaries.end(),
               [&](const Summary& other) {
                   return is_usable(other) &&
                          is_same_curve(other.setting, summary.setting) &&
                          other.setting.threads > summary.setting.threads;
               });
}

/// The curve's time on one thread.
Known seconds_alone(const Setting& setting, const Experiment& experiment) {
    for (const Summary& summary : experiment.summaries) {
        if (summary.setting.threads == 1 && !summary.setting.is_serial() &&
            is_same_curve(summary.setting, setting)) {
            return summary.median;
        }
    }
    return {};
}

const ItemTimes* times_of(const Setting& setting,
                          const Experiment& experiment) {
    for (const ItemTimes& times : experiment.item_times) {
        if (times.version == setting.version && times.size == setting.size) {
            return &times;
        }
    }
    return nullptr;
}

/// The setting's schedule, if the model knows what the runtime does with it.
std::optional<NamedCut> cut_of(const Setting& setting,
                               const std::string& lesson,
                               const std::string& runtime,
                               const std::string& sources) {
    const LoopSource source = read_loop_source(
        std::filesystem::path(sources) / lesson / (setting.version + ".cpp"));
    if (!source.why_not.empty()) return std::nullopt;
    return cut_by(runtime,
                  setting.schedule.empty() ? source.schedule : setting.schedule,
                  source.is_monotonic);
}

}  // namespace

std::string prediction_table(const Experiment& experiment, const Costs& costs,
                             const std::string& sources) {
    std::string lines;
    for (const Summary& last : experiment.summaries) {
        const Setting& setting = last.setting;
        // Where the loop moves memory, that decides.
        if (!is_last(last, experiment) || last.bandwidth) continue;
        const ItemTimes* times = times_of(setting, experiment);
        const Known alone = seconds_alone(setting, experiment);
        const std::optional<NamedCut> named =
            cut_of(setting, experiment.lesson, costs.runtime, sources);
        if (times == nullptr || !alone || !named) continue;
        const Loop loop(times->lengths, costs.log, *alone);
        if (!loop.is_described()) continue;
        const auto add = [&](int threads, double speedup) {
            lines +=
                fmt::format("{}\t{}\t{}\t{}\t{}\n", setting.version,
                            setting.schedule, last.problem, threads, speedup);
        };
        add(setting.threads, *last.speedup);
        const double serial = *last.speedup * *last.median;
        std::set<int> teams;
        for (const double times_as_large : {1.5, 2.0, 3.0, 4.0}) {
            teams.insert(static_cast<int>(times_as_large * setting.threads));
        }
        for (const int team : teams) {
            const Prediction found = predict(loop, named->cut, team, costs);
            if (team <= setting.threads || found.requests_wait) continue;
            add(team, serial / found.makespan);
        }
    }
    return lines.empty()
               ? ""
               : "version\tschedule\tproblem\tthreads\tspeedup\n" + lines;
}
