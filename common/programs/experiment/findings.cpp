#include "common/programs/experiment/findings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/scaling.hpp"
#include "common/terminal.hpp"

namespace {

using Sentences = std::vector<std::string>;

/// A loop is memory-bound only if it moves at least this part of what a plain
/// pass in place moves.
constexpr double near = 0.75;
/// What differs by less is not called faster.
constexpr double clearly = 1.05;

/// The serial setting of the size that takes longest; there may be none.
const Summary* longest_serial(const Experiment& experiment) {
    const Summary* longest = nullptr;
    for (const Summary& summary : experiment.summaries) {
        if (summary.setting.is_serial() &&
            (longest == nullptr || summary.median > longest->median)) {
            longest = &summary;
        }
    }
    return longest;
}

/// The fastest parallel setting of that size without oversubscribed ones: of
/// those that are judged, if there are any.
const Summary* fastest(const Experiment& experiment) {
    const Summary* fastest = nullptr;
    for (const Summary& summary : experiment.summaries) {
        if (summary.setting.is_serial() || !summary.speedup ||
            summary.oversubscribed ||
            summary.setting.size != longest_serial(experiment)->setting.size) {
            continue;
        }
        if (fastest == nullptr ||
            std::pair(summary.judged, summary.speedup) >
                std::pair(fastest->judged, fastest->speedup)) {
            fastest = &summary;
        }
    }
    return fastest;
}

/// How many runs went well, without repetitions, and how many stayed disturbed.
std::pair<int, int> good_and_busy(const Experiment& experiment) {
    std::pair<int, int> runs = {0, 0};
    for (const Summary& summary : experiment.summaries) {
        runs.first += summary.rounds;
        runs.second += std::max(0, summary.rounds - summary.quiet_runs);
    }
    return runs;
}

// --- The headline ------------------------------------------------------------

std::string comparison(const Experiment& experiment, const Summary& best) {
    const Summary& serial = *longest_serial(experiment);
    std::string text = fmt::format(
        "{} is {:.2f} times as fast as the serial version: {} instead of {}.",
        name_of(best), *best.speedup, seconds_text(*best.median),
        seconds_text(*serial.median));
    if (*best.speedup < clearly) {
        text =
            "No version is clearly faster than the serial one. At best " + text;
    } else if (best.control_speedup) {
        text += fmt::format(
            " A loop that only computes was {:.2f} times as fast on as many "
            "threads ({}).",
            *best.control_speedup, best.setting.threads);
    }
    if (best.judged) return text;
    if (2 * best.quiet_runs >= best.rounds && best.runs > 1) {
        return text + " The runs differ too much for a verdict: measure again.";
    }
    return best.runs < 2
               ? text +
                     " That is one run and no verdict: measure again with "
                     "--repeat 5 or more."
               : text + fmt::format(
                            " Only {} of {} runs were quiet: measure again "
                            "when nothing else runs.",
                            best.quiet_runs, best.rounds);
}

std::string verdict(const Experiment& experiment) {
    bool too_short = false;
    std::vector<std::string> wrong;
    for (const Summary& summary : experiment.summaries) {
        if (summary.wrong) wrong.push_back(name_of(summary));
        too_short = too_short || summary.too_short;
    }
    if (!wrong.empty()) {
        return fmt::format(
            "WRONG RESULT: {}: not what the serial program computes, so the "
            "times mean nothing. `make races` shows where threads disturb each "
            "other.",
            fmt::join(wrong, "; "));
    }
    const auto [good, busy] = good_and_busy(experiment);
    if (good == 0) return "FAILED: no run went well.";
    if (2 * busy > good) {
        return fmt::format(
            "This machine was busy: other programs disturbed {} of {} runs, "
            "repeated or not. Measure again when nothing else runs.",
            busy, good);
    }
    const Summary* best = fastest(experiment);
    if (best != nullptr) return comparison(experiment, *best);
    return too_short ? "Too short to judge: the times are under 1 ms. Measure "
                       "again with a larger size."
                     : "No speedup is known: see the table for what failed.";
}

// --- The findings ------------------------------------------------------------

void add_memory(const Experiment& experiment, const Summary& best,
                Sentences& sentences) {
    if (!best.bandwidth || !best.pass_bandwidth) return;
    const auto rate = [](const Known& bytes) {
        return bytes_text(static_cast<std::int64_t>(bytes.value_or(0.0))) +
               "/s";
    };
    const std::string name = name_of(best);
    const double part = *best.bandwidth / *best.pass_bandwidth;
    sentences.push_back(fmt::format(
        "{} is {}: it moves {}, {:.0f} % of a plain pass in place on the same "
        "threads ({}; a plain copy: {}).",
        name, part >= near ? "memory-bound" : "not held up by memory",
        rate(best.bandwidth), 100.0 * part, rate(best.pass_bandwidth),
        rate(best.copy_bandwidth)));
    Setting plain = best.setting;
    plain.version = "parallel";
    for (const Summary& other : experiment.summaries) {
        if (other.setting != plain || !other.judged ||
            *other.median < clearly * *best.median) {
            continue;
        }
        const std::string slower = name_of(other);
        sentences.push_back(fmt::format(
            "{} is {:.2f} times as fast as {}, so memory does not hold up {}.",
            name, *other.median / *best.median, slower, slower));
    }
}

/// Of the setting that shares its work worst.
void add_imbalance(const Experiment& experiment, const Summary& best,
                   Sentences& sentences) {
    constexpr double worth_telling = 0.05;
    const Summary* worst = nullptr;
    for (const Summary& summary : experiment.summaries) {
        if (summary.serial_fraction && summary.imbalance > worth_telling &&
            summary.setting.size == best.setting.size &&
            (worst == nullptr || summary.imbalance > worst->imbalance)) {
            worst = &summary;
        }
    }
    if (worst == nullptr) return;
    const double busiest = 1.0 + *worst->imbalance;
    sentences.push_back(fmt::format(
        "{}: the busiest thread works {:.2f} times the mean, so it can be "
        "{:.2f} times as fast as on one thread at most; measured {:.2f}.",
        name_of(*worst), busiest, worst->setting.threads / busiest,
        *worst->scaling));
}

/// The share that the loop has of the serial program, and Amdahl's limit.
void add_program(const Experiment& experiment, Sentences& sentences) {
    const Summary* serial = longest_serial(experiment);
    if (serial == nullptr || !serial->median) return;
    const double loop = *serial->median;
    const double read = serial->read_seconds.value_or(0.0);
    const double write = serial->write_seconds.value_or(0.0);
    if (read + write <= 0.0) return;
    sentences.push_back(fmt::format(
        "The loop is {:.1f} % of the serial program ({}loop {}, write {}). By "
        "Amdahl's law, sharing the loop alone makes the program {:.2f} times "
        "as fast at most, on any number of threads.",
        100.0 * loop / (read + loop + write),
        read > 0.0 ? "read " + seconds_text(read) + ", " : "",
        seconds_text(loop), seconds_text(write),
        (read + loop + write) / (read + write)));
}

/// Of all curves, and all refusals in one sentence.
void add_fits(const Experiment& experiment, Sentences& sentences) {
    std::map<std::string, std::vector<ScalingPoint>> curves;
    for (const Summary& summary : experiment.summaries) {
        if (!summary.judged || !summary.scaling || summary.oversubscribed ||
            summary.setting.is_serial()) {
            continue;
        }
        const auto& [version, threads, schedule, size] = summary.setting;
        const std::string name = version + (schedule.empty() ? "" : ", ") +
                                 schedule + (size.empty() ? "" : ", ") + size;
        curves[name].push_back(
            {threads, *summary.scaling, *summary.spread / *summary.median});
    }
    std::map<std::string, int> refusals;
    const auto add = [&](const std::string& law, const std::string& curve,
                         const Fit& fit, const std::string& parameters) {
        if (!fit.ok()) {
            ++refusals[law + ", " + fit.refusal];
            return;
        }
        sentences.push_back(fmt::format("{} fits {}: {} (residual {:.3f}).",
                                        law, curve, parameters, fit.residual));
    };
    for (const auto& [curve, points] : curves) {
        const Fit amdahl = fit_amdahl(points);
        add("Amdahl's law", curve, amdahl,
            fmt::format("serial fraction {:.4f}",
                        fmt::join(amdahl.parameters, "")));
        const Fit usl = fit_usl(points);
        add("Universal Scalability Law", curve, usl,
            fmt::format("contention and coherence {:.4f}",
                        fmt::join(usl.parameters, ", ")));
    }
    std::string refused;
    for (const auto& [reason, number] : refusals) {
        refused += fmt::format(" {} ({} of {} curves).", reason, number,
                               curves.size());
    }
    if (!refused.empty()) sentences.push_back("Not fitted:" + refused);
}

}  // namespace

void add_findings(Experiment& experiment) {
    experiment.headline = verdict(experiment);
    if (experiment.hosts.size() > 1) {
        experiment.headline += fmt::format(
            " The runs were on {} machines ({}), so compare no times: see the "
            "table.",
            experiment.hosts.size(), fmt::join(experiment.hosts, ", "));
    }
    if (experiment.interrupted) {
        experiment.headline += fmt::format(
            " Interrupted: {} of {} runs were made.",
            std::count_if(experiment.runs.begin(), experiment.runs.end(),
                          [](const Run& run) { return run.attempt == 1; }),
            experiment.planned_runs);
    }
    Sentences all;
    const auto [good, busy] = good_and_busy(experiment);
    const Summary* best = fastest(experiment);
    const bool concludes = best != nullptr && best->judged && 2 * busy <= good;
    if (concludes) {
        add_memory(experiment, *best, all);
        add_imbalance(experiment, *best, all);
    }
    add_program(experiment, all);
    if (concludes) add_fits(experiment, all);
    constexpr std::size_t most = 5;
    const auto end =
        all.begin() + static_cast<long>(std::min(most, all.size()));
    experiment.findings.assign(all.begin(), end);
    experiment.notes.assign(end, all.end());
}
