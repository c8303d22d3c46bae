#include "common/programs/experiment/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
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

/// The sentences of one experiment.
class Findings {
 public:
    explicit Findings(const Experiment& experiment) : all_(experiment) {
        double longest = -1.0;
        for (const Summary& summary : all_.summaries) {
            const double time = summary.median.value_or(0.0);
            if (summary.setting.is_serial() && time > longest) {
                longest = time;
                serial_ = &summary;
            }
        }
        for (const Summary& summary : all_.summaries) {
            if (summary.setting.is_serial() || !summary.speedup ||
                summary.oversubscribed || serial_ == nullptr ||
                summary.setting.size != serial_->setting.size) {
                continue;
            }
            const auto rank = [](const Summary& one) {
                return std::pair(one.judged, *one.speedup);
            };
            if (best_ == nullptr || rank(summary) > rank(*best_)) {
                best_ = &summary;
            }
        }
    }

    [[nodiscard]] std::string headline() const {
        std::string text = verdict();
        if (all_.interrupted) {
            text += fmt::format(
                " Interrupted: {} of {} runs were made.",
                count([](const Run& run) { return run.attempt == 1; }),
                all_.planned_runs);
        }
        return text;
    }

    /// The most important ones first.
    [[nodiscard]] Sentences findings() const {
        Sentences sentences;
        add_failures(sentences);
        if (best_ != nullptr && best_->judged && !is_busy()) {
            add_memory(sentences);
            add_imbalance(sentences);
        }
        add_program(sentences);
        add_cautions(sentences);
        if (!is_busy()) add_fits(sentences);
        return sentences;
    }

 private:
    [[nodiscard]] std::string name(const Summary& summary) const {
        return name_of(summary, all_);
    }

    template <typename Property>
    [[nodiscard]] long count(const Property& property) const {
        return std::count_if(all_.runs.begin(), all_.runs.end(), property);
    }

    /// Whether most runs were disturbed: then nothing is concluded.
    [[nodiscard]] bool is_busy() const {
        return 2 * count(std::mem_fn(&Run::is_busy)) >
               count(std::mem_fn(&Run::ok));
    }

    /// The names of the settings for which it is so.
    template <typename Property>
    [[nodiscard]] std::string names(const Property& property) const {
        Sentences names;
        for (const Summary& summary : all_.summaries) {
            if (property(summary)) names.push_back(name(summary));
        }
        return joined(names, "; ");
    }

    [[nodiscard]] std::string verdict() const {
        const std::string wrong =
            names([](const Summary& summary) { return summary.wrong; });
        if (!wrong.empty()) {
            return "WRONG RESULT: " + wrong +
                   ": not what the serial program computes, so the times mean "
                   "nothing. `make races` shows where threads disturb each "
                   "other.";
        }
        if (count(std::mem_fn(&Run::ok)) == 0)
            return "FAILED: no run went well.";
        if (is_busy()) {
            return fmt::format(
                "This machine was busy: other programs disturbed {} of {} "
                "runs. Measure again when nothing else runs.",
                count(std::mem_fn(&Run::is_busy)),
                count(std::mem_fn(&Run::ok)));
        }
        if (best_ == nullptr) return why_nothing_is_compared();
        return comparison() + (best_->judged ? "" : why_no_verdict());
    }

    [[nodiscard]] std::string why_nothing_is_compared() const {
        const std::string option =
            all_.size_option.empty() ? "size" : all_.size_option;
        if (serial_ != nullptr && !names([](const Summary& summary) {
                                       return summary.too_short;
                                   }).empty()) {
            return "Too short to judge: the times are under 1 ms. Measure "
                   "again with a larger " +
                   option + ".";
        }
        return "No speedup is known: no version on at most as many threads as "
               "there are processors can be compared with the serial one.";
    }

    [[nodiscard]] std::string comparison() const {
        const std::string times =
            fmt::format("{} instead of {}", seconds_text(*best_->median),
                        seconds_text(*serial_->median));
        const std::string what =
            serial_->problem.empty() ? "" : " (" + serial_->problem + ")";
        if (*best_->speedup < clearly) {
            return fmt::format(
                "No version is clearly faster than the serial one{}: the best, "
                "{}, has a speedup of {:.2f} ({}).",
                what, name(*best_), *best_->speedup, times);
        }
        return fmt::format(
            "{} is {:.2f} times as fast as the serial version{}: {}. At the "
            "same time a loop that only computes was {:.2f} times as fast on "
            "{} thread{}.",
            name(*best_), *best_->speedup, what, times,
            best_->control_speedup.value_or(1.0), best_->setting.threads,
            best_->setting.threads == 1 ? "" : "s");
    }

    [[nodiscard]] std::string why_no_verdict() const {
        return best_->runs < 2
                   ? " That is one run, and no verdict: measure with --repeat "
                     "5 or more."
                   : fmt::format(
                         " Only {} of {} runs were quiet: measure again when "
                         "nothing else runs.",
                         best_->quiet_runs, best_->rounds);
    }

    void add_failures(Sentences& sentences) const {
        const auto failed = [](const Summary& s) { return !s.error.empty(); };
        const auto first =
            std::find_if(all_.summaries.begin(), all_.summaries.end(), failed);
        if (first == all_.summaries.end()) return;
        sentences.push_back(
            fmt::format("FAILED: {}: {}", names(failed), first->error));
    }

    void add_memory(Sentences& sentences) const {
        if (!best_->bandwidth || !best_->pass_bandwidth) return;
        const double part = *best_->bandwidth / *best_->pass_bandwidth;
        const auto rate = [](const Known& bytes) {
            return bytes_text(static_cast<std::int64_t>(bytes.value_or(0.0))) +
                   "/s";
        };
        sentences.push_back(fmt::format(
            "{} is {}: it moves {}, {:.0f} % of a plain pass in place on the "
            "same threads ({}; a plain copy: {}).{}",
            name(*best_),
            part >= near ? "memory-bound" : "not held up by memory",
            rate(best_->bandwidth), 100.0 * part, rate(best_->pass_bandwidth),
            rate(best_->copy_bandwidth),
            part >= near ? " More threads help only until the memory is busy."
                         : ""));
        Setting plain = best_->setting;
        plain.version = "parallel";
        for (const Summary& other : all_.summaries) {
            if (other.setting == plain && other.judged &&
                *other.median > clearly * *best_->median) {
                sentences.push_back(fmt::format(
                    "{} does the same {:.1f} times as fast as {}: memory does "
                    "not hold up {}.",
                    name(*best_), *other.median / *best_->median, name(other),
                    name(other)));
            }
        }
    }

    /// Of the setting that shares its work worst.
    void add_imbalance(Sentences& sentences) const {
        constexpr double worth_telling = 0.05;
        const Summary* worst = nullptr;
        for (const Summary& summary : all_.summaries) {
            if (summary.judged && summary.serial_fraction &&
                summary.setting.size == serial_->setting.size &&
                summary.imbalance.value_or(0.0) >= worth_telling &&
                (worst == nullptr || summary.imbalance > worst->imbalance)) {
                worst = &summary;
            }
        }
        if (worst == nullptr) return;
        sentences.push_back(fmt::format(
            "{}: the busiest thread works {:.2f} times the mean (imbalance "
            "{:.2f}), so it can be {:.2f} times as fast as on one thread at "
            "most; measured {:.2f}.",
            name(*worst), 1.0 + *worst->imbalance, *worst->imbalance,
            worst->setting.threads / (1.0 + *worst->imbalance),
            *worst->scaling));
    }

    /// The share that the loop has of the serial program, and Amdahl's limit.
    void add_program(Sentences& sentences) const {
        if (serial_ == nullptr || !serial_->median) return;
        const double read = serial_->read_seconds.value_or(0.0);
        const double write = serial_->write_seconds.value_or(0.0);
        if (read + write <= 0.0) return;
        const double whole = *serial_->median + read + write;
        sentences.push_back(fmt::format(
            "The loop is {:.1f} % of the serial program ({}loop {}, write {}). "
            "By Amdahl's law, sharing the loop alone makes the program {:.2f} "
            "times as fast at most, on any number of threads.",
            100.0 * *serial_->median / whole,
            read > 0.0 ? "read " + seconds_text(read) + ", " : "",
            seconds_text(*serial_->median), seconds_text(write),
            whole / (read + write)));
    }

    /// What is the same along a curve of scaling over threads, and its points.
    [[nodiscard]] std::map<std::string, std::vector<ScalingPoint>> curves()
        const {
        std::map<std::string, std::vector<ScalingPoint>> curves;
        for (const Summary& summary : all_.summaries) {
            if (!summary.judged || !summary.scaling || summary.oversubscribed ||
                summary.setting.is_serial()) {
                continue;
            }
            std::string name = summary.setting.version;
            if (!summary.setting.schedule.empty()) {
                name += ", schedule " + summary.setting.schedule;
            }
            if (!summary.setting.size.empty()) name += ", " + summary.problem;
            curves[name].push_back({summary.setting.threads, *summary.scaling,
                                    *summary.spread / *summary.median});
        }
        return curves;
    }

    void add_fits(Sentences& sentences) const {
        const auto all_curves = curves();
        std::map<std::string, int> refusals;
        for (const auto& [curve, points] : all_curves) {
            const Fit amdahl = fit_amdahl(points);
            const Fit usl = fit_usl(points);
            if (!amdahl.ok()) ++refusals["Amdahl's law, " + amdahl.refusal];
            if (!usl.ok()) {
                ++refusals["Universal Scalability Law, " + usl.refusal];
            }
            if (amdahl.ok()) {
                sentences.push_back(fmt::format(
                    "Amdahl's law fits {}: serial fraction {:.4f} (residual "
                    "{:.3f}).",
                    curve, amdahl.parameters.at(0), amdahl.residual));
            }
            if (usl.ok()) {
                sentences.push_back(fmt::format(
                    "The Universal Scalability Law fits {}: contention {:.4f}, "
                    "coherence {:.4f} (residual {:.3f}).",
                    curve, usl.parameters.at(0), usl.parameters.at(1),
                    usl.residual));
            }
        }
        std::string refused;
        for (const auto& [reason, number] : refusals) {
            refused += fmt::format(" {} ({} of {} curves).", reason, number,
                                   all_curves.size());
        }
        if (!refused.empty()) sentences.push_back("Not fitted:" + refused);
    }

    void add_cautions(Sentences& sentences) const {
        const auto add = [&](const std::string& settings,
                             const std::string& text) {
            if (!settings.empty()) sentences.push_back(text);
        };
        add(names([](const Summary& s) { return s.oversubscribed; }),
            fmt::format("Oversubscribed: more threads than the {} processors "
                        "that there are. They take turns, and are left out of "
                        "fits.",
                        all_.processors));
        add(names([](const Summary& s) { return s.too_short; }),
            "Too short to judge: times under 1 ms. Choose a larger size.");
        add(names([](const Summary& s) { return s.quiet_runs < s.rounds; }),
            "Other programs disturbed some runs: the control had an "
            "efficiency below 0.9. Such runs are repeated, and left out where "
            "enough others are there.");
    }

    const Experiment& all_;
    const Summary* serial_ = nullptr;  ///< of the size that takes longest
    const Summary* best_ = nullptr;    ///< the fastest of that size
};

}  // namespace

void add_findings(Experiment& experiment) {
    const Findings findings(experiment);
    experiment.headline = findings.headline();
    Sentences all = findings.findings();
    constexpr std::size_t most = 5;
    const auto end =
        all.begin() + static_cast<long>(std::min(most, all.size()));
    experiment.findings.assign(all.begin(), end);
    experiment.notes.assign(end, all.end());
}
