#include "common/programs/experiment/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/programs/experiment/scaling.hpp"
#include "common/terminal.hpp"

namespace {

/// A loop that moves at least this part of what a plain copy loop moves is
/// held up by memory and not by its arithmetic.
constexpr double memory_bound = 0.5;

using Sentences = std::vector<std::string>;

/// "parallel, 2 threads, schedule dynamic, 2048 x 1365"
std::string words(const Summary& summary) {
    const Setting& setting = summary.setting;
    std::string text = setting.version;
    if (setting.version != "serial") {
        text += fmt::format(", {} thread{}", setting.threads,
                            setting.threads == 1 ? "" : "s");
    }
    if (!setting.schedule.empty()) text += ", schedule " + setting.schedule;
    const std::string& size =
        summary.problem.empty() ? setting.size : summary.problem;
    return size.empty() ? text : text + ", " + size;
}

bool counts(const Summary& summary) {
    return summary.median > 0.0 && !summary.wrong && !summary.too_short &&
           summary.speedup > 0.0;
}

void tell_what_is_wrong(const Experiment& experiment, Sentences& sentences) {
    for (const Summary& summary : experiment.summaries) {
        if (summary.wrong) {
            sentences.push_back("WRONG RESULT: " + words(summary) +
                                ": not what the serial program computes. Its "
                                "times mean nothing; make races shows where "
                                "threads disturb each other.");
        }
        if (!summary.error.empty()) {
            sentences.push_back(
                fmt::format("FAILED: {}: {}", words(summary), summary.error));
        }
    }
}

/// The largest problem's parallel run on as many threads as there are
/// processors at most: what the sentences about limits speak of.
const Summary* main_summary(const Experiment& experiment) {
    const Summary* chosen = nullptr;
    for (const Summary& summary : experiment.summaries) {
        if (!counts(summary) || summary.oversubscribed ||
            summary.setting.version == "serial") {
            continue;
        }
        const auto rank = [](const Summary& other) {
            return std::pair(other.setting.threads, other.median);
        };
        if (chosen == nullptr || rank(summary) > rank(*chosen)) {
            chosen = &summary;
        }
    }
    return chosen;
}

void tell_of_memory(const Summary& summary, Sentences& sentences) {
    if (summary.bandwidth <= 0.0 || summary.copy_bandwidth <= 0.0) return;
    const double part = summary.bandwidth / summary.copy_bandwidth;
    const std::string figures = fmt::format(
        "{}: it moves {}/s, {:.0f} % of what a plain copy loop on the same "
        "threads moved beside it ({}/s)",
        words(summary),
        bytes_text(static_cast<std::int64_t>(summary.bandwidth)), 100.0 * part,
        bytes_text(static_cast<std::int64_t>(summary.copy_bandwidth)));
    sentences.push_back(
        part >= memory_bound
            ? "The loop is memory-bound. " + figures +
                  ". More threads help only until the memory is busy."
            : "The loop is not held up by memory. " + figures + ".");
}

void tell_of_imbalance(const Experiment& experiment, Sentences& sentences) {
    constexpr double worth_telling = 0.05;
    for (const Summary& summary : experiment.summaries) {
        if (!counts(summary) || summary.setting.threads < 2 ||
            summary.imbalance.value_or(0.0) < worth_telling) {
            continue;
        }
        const double limit =
            summary.setting.threads / (1.0 + *summary.imbalance);
        sentences.push_back(fmt::format(
            "{}: the busiest thread works {:.2f} times the mean (imbalance "
            "{:.2f}), so the speedup can be {:.2f} at most; measured {:.2f}.",
            words(summary), 1.0 + *summary.imbalance, *summary.imbalance, limit,
            summary.speedup));
    }
}

/// The share that the loop has of the serial program, and Amdahl's limit.
void tell_of_the_program(const Experiment& experiment, Sentences& sentences) {
    for (const Summary& summary : experiment.summaries) {
        const double other = summary.read_seconds + summary.write_seconds;
        if (summary.setting.version != "serial" || summary.median <= 0.0 ||
            other <= 0.0) {
            continue;
        }
        const double whole = summary.median + other;
        const std::string read =
            summary.read_seconds > 0.0
                ? fmt::format("read {}, ", seconds_text(summary.read_seconds))
                : "";
        sentences.push_back(fmt::format(
            "{}: the loop is {:.1f} % of this program ({}loop {}, write "
            "{}). By Amdahl's law, sharing the loop alone makes the program "
            "{:.2f} times faster at most, on however many threads.",
            words(summary), 100.0 * summary.median / whole, read,
            seconds_text(summary.median), seconds_text(summary.write_seconds),
            whole / other));
    }
}

std::string fit_text(const char* law, const Fit& fit,
                     const std::vector<const char*>& names) {
    if (!fit.ok()) return fmt::format("{}: not fitted: {}", law, fit.refusal);
    std::string text = fmt::format("{}:", law);
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += fmt::format(" {} {:.4f},", names[i], fit.parameters.at(i));
    }
    return text +
           fmt::format(" residual {:.3f} (root mean square, in speedups)",
                       fit.residual);
}

/// Whether all runs were made while the machine was busy with something else.
bool always_busy(const Summary& summary, int processors) {
    const int at_once = std::min(summary.setting.threads, processors);
    return summary.control_speedup > 0.0 &&
           summary.control_speedup < quiet * at_once;
}

/// A curve of speedup over threads: all that is the same along it.
std::map<std::string, std::vector<ScalingPoint>> curves(
    const Experiment& experiment) {
    std::map<std::string, std::vector<ScalingPoint>> curves;
    for (const Summary& summary : experiment.summaries) {
        if (!counts(summary) || summary.oversubscribed ||
            always_busy(summary, experiment.processors) ||
            summary.setting.version == "serial") {
            continue;
        }
        std::string name = summary.setting.version;
        if (!summary.setting.schedule.empty()) {
            name += ", schedule " + summary.setting.schedule;
        }
        if (!summary.problem.empty()) name += ", " + summary.problem;
        curves[name].push_back({.threads = summary.setting.threads,
                                .speedup = summary.speedup,
                                .spread = summary.spread / summary.median});
    }
    return curves;
}

void tell_of_laws(const Experiment& experiment, Sentences& sentences) {
    for (const auto& [name, points] : curves(experiment)) {
        sentences.push_back(fmt::format(
            "{}. {}. {}.", name,
            fit_text("Amdahl's law", fit_amdahl(points), {"serial fraction"}),
            fit_text("Universal Scalability Law", fit_usl(points),
                     {"contention", "coherence"})));
    }
}

void tell_what_to_be_careful_about(const Experiment& experiment,
                                   Sentences& sentences) {
    const auto how_many = [&](auto&& is_so) {
        return std::count_if(experiment.summaries.begin(),
                             experiment.summaries.end(), is_so);
    };
    if (experiment.interrupted) {
        sentences.push_back(fmt::format(
            "The experiment was interrupted: {} of {} runs were made.",
            experiment.runs.size(), experiment.planned_runs));
    }
    if (how_many([](const Summary& s) { return s.oversubscribed; }) > 0) {
        sentences.push_back(fmt::format(
            "Oversubscribed: more threads than the {} processors that there "
            "are. They take turns, and are left out of fits.",
            experiment.processors));
    }
    if (how_many([](const Summary& s) { return s.too_short; }) > 0) {
        sentences.emplace_back(
            "Too short to judge: times under 1 ms. Choose a larger size.");
    }
    if (how_many([](const Summary& s) { return s.busy_runs > 0; }) > 0) {
        sentences.emplace_back(
            "The machine was busy with something else at times: the control "
            "had an efficiency below 0.9. Such runs are repeated, and left out "
            "where there are others.");
    }
}

}  // namespace

std::vector<std::string> find_out(const Experiment& experiment) {
    Sentences sentences;
    tell_what_is_wrong(experiment, sentences);
    if (const Summary* summary = main_summary(experiment)) {
        tell_of_memory(*summary, sentences);
    }
    tell_of_imbalance(experiment, sentences);
    tell_of_the_program(experiment, sentences);
    tell_of_laws(experiment, sentences);
    tell_what_to_be_careful_about(experiment, sentences);
    return sentences;
}
