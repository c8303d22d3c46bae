#include "common/programs/experiment/results.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "common/programs/experiment/scaling.hpp"
#include "common/statistics.hpp"

namespace {

using Runs = std::vector<Run>;

/// Every setting once, in the order of the first runs, serial ones first.
std::vector<Setting> settings_of(const Runs& runs) {
    std::vector<Setting> settings;
    for (const Run& run : runs) {
        if (std::find(settings.begin(), settings.end(), run.setting) ==
            settings.end()) {
            settings.push_back(run.setting);
        }
    }
    std::stable_partition(settings.begin(), settings.end(),
                          std::mem_fn(&Setting::is_serial));
    return settings;
}

double seconds_of(const Run& run) { return run.record.seconds.at(0); }

/// The median of what the runs know; a number above 0 is known.
template <typename Number>
Known known_median(const Runs& runs, const Number& number) {
    std::vector<double> values;
    for (const Run& run : runs) values.push_back(number(run));
    std::erase_if(values, [](double value) { return value <= 0.0; });
    return values.empty() ? Known() : median(values);
}

/// The runs that went well.
Runs good_runs(const Runs& runs, const Setting& setting) {
    Runs good;
    std::copy_if(
        runs.begin(), runs.end(), std::back_inserter(good),
        [&](const Run& run) { return run.setting == setting && run.ok(); });
    return good;
}

int count_rounds(const Runs& runs) {
    std::set<int> rounds;
    for (const Run& run : runs) rounds.insert(run.round);
    return static_cast<int>(rounds.size());
}

int count_quiet(const Runs& runs) {
    return static_cast<int>(
        std::count_if(runs.begin(), runs.end(),
                      [](const Run& run) { return !run.is_busy(); }));
}

bool only_quiet_count(const Runs& good) {
    Runs quiet_ones = good;
    std::erase_if(quiet_ones, std::mem_fn(&Run::is_busy));
    return !quiet_ones.empty() && 2 * count_quiet(good) >= count_rounds(good) &&
           known_median(quiet_ones, seconds_of) <=
               known_median(good, seconds_of);
}

/// What the runs that count say by themselves; there is at least one.
void add_times(Summary& summary, const Runs& runs) {
    std::vector<double> seconds;
    for (const Run& run : runs) seconds.push_back(seconds_of(run));
    summary.runs = static_cast<int>(runs.size());
    summary.too_short =
        std::any_of(runs.begin(), runs.end(),
                    [](const Run& run) { return !run.record.judgeable(); });
    summary.median = median(seconds);
    summary.best = *std::min_element(seconds.begin(), seconds.end());
    if (summary.runs > 1) {
        summary.quartile1 = quantile(seconds, 0.25);
        summary.quartile3 = quantile(seconds, 0.75);
        summary.spread = interquartile_range(seconds);
    }
    const auto of_record = [&](double Record::*member) {
        return known_median(runs,
                            [=](const Run& run) { return run.record.*member; });
    };
    const auto of_control = [&](double Control::*member) {
        return known_median(
            runs, [=](const Run& run) { return run.control.*member; });
    };
    summary.read_seconds = of_record(&Record::read_seconds);
    summary.write_seconds = of_record(&Record::write_seconds);
    summary.control_speedup = of_control(&Control::speedup);
    summary.copy_bandwidth = of_control(&Control::copy_bandwidth);
    summary.pass_bandwidth = of_control(&Control::pass_bandwidth);
    const auto bytes = static_cast<double>(runs.front().record.bytes_moved);
    if (bytes > 0.0 && *summary.median > 0.0) {
        summary.bandwidth = bytes / *summary.median;
    }
}

/// The checksum that all runs of this size should have: that of the serial
/// version, or where it is missing the setting's own first one.
std::string expected_result(const Runs& runs, const Runs& own) {
    const std::string& size = own.front().setting.size;
    const auto serial =
        std::find_if(runs.begin(), runs.end(), [&](const Run& run) {
            return run.ok() && run.setting.is_serial() &&
                   run.setting.size == size;
        });
    return serial == runs.end() ? own.front().record.result
                                : serial->record.result;
}

/// One setting, without what needs the times of other settings.
Summary summary_of(const Setting& setting, const Runs& runs) {
    Summary summary;
    summary.setting = setting;
    for (const Run& run : runs) {
        if (run.setting == setting && !run.ok()) summary.error = run.error;
    }
    Runs own = good_runs(runs, setting);
    if (own.empty()) return summary;
    summary.problem = own.front().record.size;
    const std::string expected = expected_result(runs, own);
    summary.wrong = std::any_of(own.begin(), own.end(), [&](const Run& run) {
        return run.record.result != expected;
    });
    summary.rounds = count_rounds(own);
    summary.quiet_runs = count_quiet(own);
    std::erase_if(own, [](const Run& run) { return !run.counted; });
    add_times(summary, own);
    summary.judged = !summary.wrong && !summary.too_short && summary.runs > 1 &&
                     2 * summary.quiet_runs >= summary.rounds;
    return summary;
}

/// The setting's time divided by the summary's; unknown where one is missing,
/// wrong or too short.
Known speedup_over(const Setting& setting, const Summary& summary,
                   const std::vector<Summary>& summaries) {
    const auto base = std::find_if(
        summaries.begin(), summaries.end(),
        [&](const Summary& other) { return other.setting == setting; });
    const auto comparable = [](const Summary& one) {
        return one.median.value_or(0.0) > 0.0 && !one.wrong && !one.too_short;
    };
    if (base == summaries.end() || !comparable(*base) || !comparable(summary)) {
        return {};
    }
    return *base->median / *summary.median;
}

/// Adds what compares this setting with others.
void compare(Summary& summary, const std::vector<Summary>& summaries) {
    const Setting& setting = summary.setting;
    const int threads = setting.threads;
    const Setting serial = {"serial", 1, "", setting.size};
    summary.speedup = speedup_over(serial, summary, summaries);
    if (summary.speedup) summary.efficiency = *summary.speedup / threads;

    Setting alone = setting;
    alone.threads = 1;
    summary.scaling = speedup_over(alone, summary, summaries);
    const bool base_is_judged = std::any_of(
        summaries.begin(), summaries.end(), [&](const Summary& other) {
            return other.setting == alone && other.judged;
        });
    if (summary.scaling && base_is_judged && summary.judged && threads >= 2 &&
        !summary.oversubscribed) {
        summary.serial_fraction = karp_flatt(*summary.scaling, threads);
    }
}

}  // namespace

double Control::efficiency(int threads) const {
    const double ratio = speedup / std::min(threads, processors);
    // Above 1: it was the run on one thread that was disturbed.
    return std::min(ratio, 1.0 / ratio);
}

void mark_counted(Runs& runs) {
    for (const Setting& setting : settings_of(runs)) {
        const bool all = !only_quiet_count(good_runs(runs, setting));
        for (Run& run : runs) {
            if (run.setting != setting) continue;
            run.counted = run.ok() && (all || !run.is_busy());
        }
    }
}

std::vector<Summary> summarise(Runs runs, int processors,
                               const std::vector<LoggedRun>& logged) {
    mark_counted(runs);
    std::vector<Summary> summaries;
    for (const Setting& setting : settings_of(runs)) {
        Summary& summary = summaries.emplace_back(summary_of(setting, runs));
        summary.oversubscribed = setting.threads > processors;
        for (const LoggedRun& run : logged) {
            if (run.setting == setting) summary.imbalance = run.imbalance;
        }
    }
    for (Summary& summary : summaries) compare(summary, summaries);
    return summaries;
}
