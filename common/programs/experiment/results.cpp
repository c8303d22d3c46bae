#include "common/programs/experiment/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/scaling.hpp"
#include "common/programs/experiment/sweep.hpp"
#include "common/statistics.hpp"

using Json = nlohmann::json;

namespace nlohmann {

template <>
struct adl_serializer<Known> {
    static void to_json(Json& json, const Known& number) {
        json = number ? Json(*number) : Json();
    }
    static void from_json(const Json& json, Known& number) {
        number = json.is_null() ? Known() : Known(json.get<double>());
    }
};

}  // namespace nlohmann

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Control, machine, processors, speedup,
                                   copy_bandwidth, pass_bandwidth)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Setting, version, threads, schedule, size)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Summary, setting, problem, hosts, rounds,
                                   quiet_runs, runs, error, wrong, too_short,
                                   oversubscribed, judged, median, quartile1,
                                   quartile3, spread, best, read_seconds,
                                   write_seconds, speedup, efficiency, scaling,
                                   serial_fraction, imbalance, control_speedup,
                                   bandwidth, copy_bandwidth, pass_bandwidth)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Experiment, lesson, command, machine, hosts,
                                   started, processors, repeats, planned_runs,
                                   interrupted, size_option, summaries,
                                   headline, findings, notes)

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

template <typename Property>
Runs only(Runs runs, const Property& property) {
    std::erase_if(runs, std::not_fn(property));
    return runs;
}

Runs good_runs(const Runs& runs, const Setting& setting) {
    return only(runs, [&](const Run& run) {
        return run.setting == setting && run.ok();
    });
}

Runs quiet_runs(const Runs& runs) {
    return only(runs, std::not_fn(std::mem_fn(&Run::is_busy)));
}

std::size_t rounds_of(const Runs& runs) {
    std::set<int> rounds;
    for (const Run& run : runs) rounds.insert(run.round);
    return rounds.size();
}

double seconds_of(const Run& run) { return run.record.seconds.at(0); }

/// The median of what is known; a number above 0 is.
template <typename Number>
Known known_median(const Runs& runs, const Number& number) {
    std::vector<double> values;
    for (const Run& run : runs) {
        if (number(run) > 0.0) values.push_back(number(run));
    }
    return values.empty() ? Known() : median(values);
}

/// What the runs that count say by themselves; there is at least one.
void add_times(Summary& summary, const Runs& runs) {
    std::vector<double> seconds;
    for (const Run& run : runs) seconds.push_back(seconds_of(run));
    summary.runs = static_cast<int>(runs.size());
    summary.too_short = !only(runs, [](const Run& run) {
                             return !run.record.judgeable();
                         }).empty();
    summary.median = median(seconds);
    summary.best = quantile(seconds, 0.0);
    if (summary.runs > 1) {
        summary.quartile1 = quantile(seconds, 0.25);
        summary.quartile3 = quantile(seconds, 0.75);
        summary.spread = interquartile_range(seconds);
    }
    const auto middle = [&](auto part, auto member) {
        return known_median(runs,
                            [=](const Run& run) { return run.*part.*member; });
    };
    summary.read_seconds = middle(&Run::record, &Record::read_seconds);
    summary.write_seconds = middle(&Run::record, &Record::write_seconds);
    summary.control_speedup = middle(&Run::control, &Control::speedup);
    summary.copy_bandwidth = middle(&Run::control, &Control::copy_bandwidth);
    summary.pass_bandwidth = middle(&Run::control, &Control::pass_bandwidth);
    const auto bytes = static_cast<double>(runs.front().record.bytes_moved);
    if (bytes > 0.0 && *summary.median > 0.0) {
        summary.bandwidth = bytes / *summary.median;
    }
}

/// One setting, without what needs the times of other settings.
Summary summary_of(const Setting& setting, const Runs& runs) {
    Summary summary;
    summary.setting = setting;
    for (const Run& run : runs) {
        if (run.setting == setting && !run.ok()) summary.error = run.error;
    }
    const Runs own = good_runs(runs, setting);
    if (own.empty()) return summary;
    // The right result is the serial one of this size; where that is missing
    // the setting's own first one.
    const Runs serial = good_runs(runs, {"serial", 1, "", setting.size});
    const Run& right = serial.empty() ? own.front() : serial.front();
    summary.problem = own.front().record.size;
    summary.hosts = hosts_of(own);
    summary.wrong = std::any_of(own.begin(), own.end(), [&](const Run& run) {
        return run.record.result != right.record.result;
    });
    summary.rounds = static_cast<int>(rounds_of(own));
    summary.quiet_runs = static_cast<int>(quiet_runs(own).size());
    add_times(summary, only(own, std::mem_fn(&Run::counted)));
    summary.judged = !summary.wrong && !summary.too_short && summary.spread &&
                     *summary.spread <= 0.5 * *summary.median &&
                     summary.is_quiet();
    return summary;
}

/// Adds what compares a setting with the serial one and with itself on one
/// thread.
void compare(Summary& summary, const std::vector<Summary>& summaries) {
    const Setting& setting = summary.setting;
    Setting alone = setting;
    alone.threads = 1;
    const auto comparable = [](const Summary& one) {
        return one.median.value_or(0.0) > 0.0 && !one.wrong && !one.too_short;
    };
    if (!comparable(summary)) return;
    for (const Summary& base : summaries) {
        if (!comparable(base)) continue;
        const double ratio = *base.median / *summary.median;
        if (base.setting == Setting{"serial", 1, "", setting.size}) {
            summary.speedup = ratio;
            summary.efficiency = ratio / setting.threads;
        }
        if (base.setting != alone) continue;
        summary.scaling = ratio;
        if (base.judged && summary.judged && setting.threads > 1 &&
            !summary.oversubscribed) {
            summary.serial_fraction = karp_flatt(ratio, setting.threads);
        }
    }
}

// --- What others have written ------------------------------------------------

/// A whole number that is not absurd.
bool is_count(const Json& number) {
    return number.is_number_integer() && number >= 0 && number <= 1'000'000;
}

bool is_short(const Json& text) {
    constexpr std::size_t most = 500;
    return text.is_string() &&
           text.get_ref<const std::string&>().size() <= most;
}

/// Whether every member that is shown, or turned into an integer, may be so.
bool is_possible(const Json& json) {
    const auto all = [](const Json& object, auto is_good,
                        std::initializer_list<const char*> keys) {
        return std::all_of(keys.begin(), keys.end(), [&](const char* key) {
            return is_good(object.at(key));
        });
    };
    const auto is_positive = [](const Json& number) {
        return number.is_null() ||
               (number.is_number() && number > 0.0 && number < 1e9);
    };
    const auto is_summary = [&](const Json& summary) {
        const Json& setting = summary.at("setting");
        return all(summary, is_count, {"rounds", "quiet_runs", "runs"}) &&
               all(summary, is_short, {"problem"}) &&
               all(summary, is_positive, {"median", "speedup"}) &&
               all(setting, is_count, {"threads"}) &&
               setting.at("threads") > 0 &&
               all(setting, is_short, {"version", "schedule", "size"});
    };
    return all(json, is_count, {"processors", "repeats", "planned_runs"}) &&
           all(json, is_short, {"lesson", "machine", "started"}) &&
           !json.at("lesson").get_ref<const std::string&>().empty() &&
           json.at("summaries").is_array() &&
           std::all_of(json.at("summaries").begin(), json.at("summaries").end(),
                       is_summary);
}

}  // namespace

double Control::efficiency(int threads) const {
    const double ratio = speedup / std::min(threads, processors);
    // Above 1: it was the run on one thread that was disturbed.
    return std::min(ratio, 1.0 / ratio);
}

void mark_counted(Runs& runs) {
    for (const Setting& setting : settings_of(runs)) {
        const Runs good = good_runs(runs, setting);
        const Runs best = quiet_runs(good);
        const bool only_quiet =
            !best.empty() && 2 * best.size() >= rounds_of(good) &&
            known_median(best, seconds_of) <= known_median(good, seconds_of);
        for (Run& run : runs) {
            if (run.setting != setting) continue;
            run.counted = run.ok() && !(only_quiet && run.is_busy());
        }
    }
}

std::vector<std::string> hosts_of(const Runs& runs) {
    std::set<std::string> hosts;
    for (const Run& run : runs) {
        if (!run.record.host.empty()) hosts.insert(run.record.host);
    }
    return {hosts.begin(), hosts.end()};
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

Control read_control(const std::string& text) {
    return Json::parse(json_in(text));
}

std::vector<std::string> read_options(const std::string& text) {
    return Json::parse(text).at("options");
}

std::string to_json(const Experiment& experiment) {
    Json json = experiment;
    json["schema"] = schema;
    json["runs"] = experiment.runs.size();
    json["failed_runs"] =
        std::count_if(experiment.runs.begin(), experiment.runs.end(),
                      [](const Run& run) { return !run.ok(); });
    // What a failed program printed need not be UTF-8.
    return json.dump(4, ' ', false, Json::error_handler_t::replace) + "\n";
}

Experiment read_summary(const std::string& json) {
    Json parsed;
    try {
        parsed = Json::parse(json);
    } catch (const Json::exception&) {
        throw std::runtime_error("is no JSON");
    }
    if (!parsed.is_object() || !parsed.contains("summaries")) {
        throw std::runtime_error("is of something else");
    }
    const Json version = parsed.value("schema", Json());
    if (version != schema) {
        throw std::runtime_error(fmt::format(
            "is of another version of the experiment (schema {}, not {})",
            version.is_number_integer() ? version.dump() : "unknown", schema));
    }
    try {
        if (is_possible(parsed)) return parsed;
    } catch (const Json::exception&) {
        // A member is missing or has another type.
    }
    throw std::runtime_error("is not as it was written");
}

std::string plot_table(const Experiment& experiment) {
    std::string head;
    std::string lines;
    for (const Summary& summary : experiment.summaries) {
        Json row = summary;
        row.update(Json(summary.setting));
        row.erase("setting");
        row.erase("hosts");
        row["lesson"] = experiment.lesson;
        row["machine"] = experiment.machine + ", " + experiment.started;
        row["processors"] = experiment.processors;
        row["name"] = name_of(summary);
        row["folder"] = summary.imbalance ? file_name(summary.setting) : "";
        head.clear();
        for (const auto& [key, value] : row.items()) {
            head += key + "\t";
            lines += value.is_string() ? value.get<std::string>()
                     : value.is_null() ? ""
                                       : value.dump();
            lines += '\t';
        }
        lines.back() = head.back() = '\n';
    }
    // Quotation marks are gnuplot's own.
    std::replace(lines.begin(), lines.end(), '"', '\'');
    return head + lines;
}
