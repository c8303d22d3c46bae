#include "common/programs/experiment/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "common/programs/experiment/scaling.hpp"
#include "common/statistics.hpp"

namespace {

// --- Summaries ---------------------------------------------------------------

bool is_serial(const Setting& setting) { return setting.version == "serial"; }

bool is_busy(const Run& run) {
    return run.control_efficiency > 0.0 && run.control_efficiency < quiet;
}

/// Every setting once, in the order of the first runs, serial ones first.
std::vector<Setting> settings_of(const std::vector<Run>& runs) {
    std::vector<Setting> settings;
    for (const Run& run : runs) {
        if (std::find(settings.begin(), settings.end(), run.setting) ==
            settings.end()) {
            settings.push_back(run.setting);
        }
    }
    std::stable_partition(settings.begin(), settings.end(), is_serial);
    return settings;
}

std::vector<double> values_of(const std::vector<Run>& runs,
                              double Run::*member) {
    std::vector<double> values(runs.size());
    std::transform(runs.begin(), runs.end(), values.begin(),
                   [=](const Run& run) { return run.*member; });
    return values;
}

/// The median of what the runs know; 0: none knows it.
double known_median(const std::vector<Run>& runs, double Run::*member) {
    std::vector<double> values = values_of(runs, member);
    std::erase_if(values, [](double value) { return value <= 0.0; });
    return values.empty() ? 0.0 : median(values);
}

/// What the runs that count say by themselves; there is at least one.
void add_times(Summary& summary, const std::vector<Run>& runs) {
    const std::vector<double> seconds = values_of(runs, &Run::seconds);
    summary.runs = static_cast<int>(runs.size());
    summary.problem = runs.front().problem;
    summary.too_short =
        std::any_of(runs.begin(), runs.end(),
                    [](const Run& run) { return !run.judgeable; });
    summary.median = median(seconds);
    summary.spread = interquartile_range(seconds);
    summary.best = *std::min_element(seconds.begin(), seconds.end());
    summary.read_seconds = median(values_of(runs, &Run::read_seconds));
    summary.write_seconds = median(values_of(runs, &Run::write_seconds));
    summary.control_speedup = known_median(runs, &Run::control_speedup);
    summary.copy_bandwidth = known_median(runs, &Run::copy_bandwidth);
    if (summary.median > 0.0) {
        summary.bandwidth =
            static_cast<double>(runs.front().bytes_moved) / summary.median;
    }
}

/// The checksum that all runs of this size should have: that of the serial
/// version, or where it is missing the setting's own first one.
std::string expected_result(const std::vector<Run>& runs,
                            const std::vector<Run>& own) {
    const std::string& size = own.front().setting.size;
    const auto serial =
        std::find_if(runs.begin(), runs.end(), [&](const Run& run) {
            return run.ok() && is_serial(run.setting) &&
                   run.setting.size == size;
        });
    return serial == runs.end() ? own.front().result : serial->result;
}

/// One setting, without what needs the serial setting's time.
Summary summary_of(const Setting& setting, const std::vector<Run>& runs) {
    Summary summary;
    summary.setting = setting;
    std::vector<Run> own;  // that went well
    for (const Run& run : runs) {
        if (run.setting != setting) continue;
        if (run.ok()) {
            own.push_back(run);
        } else {
            summary.error = run.error;
        }
    }
    if (own.empty()) return summary;

    const std::string expected = expected_result(runs, own);
    summary.wrong = std::any_of(own.begin(), own.end(), [&](const Run& run) {
        return run.result != expected;
    });
    const auto busy = std::count_if(own.begin(), own.end(), is_busy);
    summary.busy_runs = static_cast<int>(busy);
    if (summary.busy_runs < static_cast<int>(own.size())) {
        std::erase_if(own, is_busy);
    }
    add_times(summary, own);
    return summary;
}

void compare_with_serial(Summary& summary,
                         const std::vector<Summary>& summaries) {
    const auto serial = std::find_if(
        summaries.begin(), summaries.end(), [&](const Summary& other) {
            return is_serial(other.setting) &&
                   other.setting.size == summary.setting.size;
        });
    const bool known = serial != summaries.end() && serial->median > 0.0 &&
                       summary.median > 0.0;
    if (!known) return;
    const int threads = summary.setting.threads;
    summary.speedup = serial->median / summary.median;
    summary.efficiency = summary.speedup / threads;
    if (threads >= 2 && !summary.oversubscribed) {
        summary.serial_fraction = karp_flatt(summary.speedup, threads);
    }
}

// --- CSV ---------------------------------------------------------------------

/// Visits every field of a run with its name: the columns, in order.
void each_field(auto& run, const auto& visit) {
    visit("version", run.setting.version);
    visit("threads", run.setting.threads);
    visit("schedule", run.setting.schedule);
    visit("size", run.setting.size);
    visit("round", run.round);
    visit("attempt", run.attempt);
    visit("error", run.error);
    visit("seconds", run.seconds);
    visit("read_seconds", run.read_seconds);
    visit("write_seconds", run.write_seconds);
    visit("problem", run.problem);
    visit("items", run.items);
    visit("bytes_moved", run.bytes_moved);
    visit("result", run.result);
    visit("judgeable", run.judgeable);
    visit("control_speedup", run.control_speedup);
    visit("control_efficiency", run.control_efficiency);
    visit("copy_bandwidth", run.copy_bandwidth);
}

std::vector<std::string> column_names() {
    std::vector<std::string> names;
    const Run run;
    each_field(run, [&](const char* name, const auto& /*value*/) {
        names.emplace_back(name);
    });
    return names;
}

/// A field as it stands in a line: in quotation marks where it needs them.
std::string quoted(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string text = "\"";
    for (const char character : field) {
        if (character == '"') text += '"';
        text += character;
    }
    return text + '"';
}

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) {
        if (&field != &fields.front()) line += ',';
        line += quoted(field);
    }
    return line + '\n';
}

[[noreturn]] void malformed(int line, const std::string& reason) {
    throw std::runtime_error(fmt::format("line {}: {}", line, reason));
}

/// Reads CSV, one record after the other.
class CsvReader {
 public:
    explicit CsvReader(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    /// Where the last record began; the first line is 1.
    [[nodiscard]] int line() const { return line_; }

    std::vector<std::string> next_record() {
        line_ = next_line_;
        std::vector<std::string> fields = {next_field()};
        while (skip(",")) fields.push_back(next_field());
        if (!at_end() && !skip("\n") && !skip("\r\n")) {
            malformed(line_, fmt::format("a comma is missing after \"{}\"",
                                         fields.back()));
        }
        ++next_line_;
        return fields;
    }

 private:
    bool skip(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }

    std::string_view take(std::size_t size) {
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string next_field() {
        if (!skip("\""))
            return std::string(take(rest_.find_first_of(",\"\r\n")));
        std::string field;
        do {
            const std::size_t end = rest_.find('"');
            if (end == std::string_view::npos) {
                malformed(line_, "a quotation mark is never closed");
            }
            field += take(end + 1);
        } while (skip("\""));  // a doubled one stands for itself
        field.pop_back();      // the closing one
        next_line_ +=
            static_cast<int>(std::count(field.begin(), field.end(), '\n'));
        return field;
    }

    std::string_view rest_;
    int line_ = 0;
    int next_line_ = 1;
};

// Each sets the value, or returns false where the text is none.

bool parse(const std::string& text, std::string& value) {
    value = text;
    return true;
}

bool parse(const std::string& text, bool& value) {
    value = text == "true";
    return value || text == "false";
}

template <typename Number>
bool parse(const std::string& text, Number& value) {
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && rest == end;
}

Run run_of(const std::vector<std::string>& fields, int line) {
    Run run;
    auto field = fields.begin();
    each_field(run, [&](const char* name, auto& value) {
        if (!parse(*field, value)) {
            malformed(line, fmt::format("{} cannot be \"{}\"", name, *field));
        }
        ++field;
    });
    return run;
}

// --- JSON --------------------------------------------------------------------

using Json = nlohmann::ordered_json;

Json or_null(double value, bool known) { return known ? Json(value) : Json(); }

Json or_null(double value) { return or_null(value, value != 0.0); }

Json or_null(const std::optional<double>& value) {
    return or_null(value.value_or(0.0), value.has_value());
}

Json json_of(const Setting& setting) {
    return {{"version", setting.version},
            {"threads", setting.threads},
            {"schedule", setting.schedule},
            {"size", setting.size}};
}

Json json_of(const Summary& summary) {
    const bool timed = summary.runs > 0;
    return {{"setting", json_of(summary.setting)},
            {"problem", summary.problem},
            {"runs", summary.runs},
            {"busy_runs", summary.busy_runs},
            {"error", summary.error},
            {"wrong", summary.wrong},
            {"too_short", summary.too_short},
            {"oversubscribed", summary.oversubscribed},
            {"median", or_null(summary.median, timed)},
            {"spread", or_null(summary.spread, timed)},
            {"best", or_null(summary.best, timed)},
            {"read_seconds", or_null(summary.read_seconds, timed)},
            {"write_seconds", or_null(summary.write_seconds, timed)},
            {"speedup", or_null(summary.speedup)},
            {"efficiency", or_null(summary.efficiency)},
            {"serial_fraction", or_null(summary.serial_fraction)},
            {"imbalance", or_null(summary.imbalance)},
            {"control_speedup", or_null(summary.control_speedup)},
            {"bandwidth", or_null(summary.bandwidth)},
            {"copy_bandwidth", or_null(summary.copy_bandwidth)}};
}

}  // namespace

std::vector<Summary> summarise(const std::vector<Run>& runs, int processors) {
    std::vector<Summary> summaries;
    for (const Setting& setting : settings_of(runs)) {
        summaries.push_back(summary_of(setting, runs));
        summaries.back().oversubscribed = setting.threads > processors;
        // The serial ones come first, so they are there by now.
        compare_with_serial(summaries.back(), summaries);
    }
    return summaries;
}

std::string to_csv(const std::vector<Run>& runs) {
    std::string text = csv_line(column_names());
    for (const Run& run : runs) {
        std::vector<std::string> fields;
        each_field(run, [&](const char* /*name*/, const auto& value) {
            fields.push_back(fmt::format("{}", value));
        });
        text += csv_line(fields);
    }
    return text;
}

std::vector<Run> from_csv(const std::string& text) {
    const std::vector<std::string> names = column_names();
    CsvReader reader(text);
    if (reader.next_record() != names) {
        malformed(reader.line(), "the columns are not those of runs");
    }
    std::vector<Run> runs;
    while (!reader.at_end()) {
        const std::vector<std::string> fields = reader.next_record();
        if (fields.size() != names.size()) {
            malformed(reader.line(), fmt::format("{} fields expected, found {}",
                                                 names.size(), fields.size()));
        }
        runs.push_back(run_of(fields, reader.line()));
    }
    return runs;
}

std::string to_json(const Experiment& experiment) {
    Json summaries = Json::array();
    for (const Summary& summary : experiment.summaries) {
        summaries.push_back(json_of(summary));
    }
    const auto failed =
        std::count_if(experiment.runs.begin(), experiment.runs.end(),
                      [](const Run& run) { return !run.ok(); });
    const Json json = {{"lesson", experiment.lesson},
                       {"command", experiment.command},
                       {"machine", experiment.machine},
                       {"started", experiment.started},
                       {"processors", experiment.processors},
                       {"repeats", experiment.repeats},
                       {"planned_runs", experiment.planned_runs},
                       {"runs", experiment.runs.size()},
                       {"failed_runs", failed},
                       {"interrupted", experiment.interrupted},
                       {"size_option", experiment.size_option},
                       {"findings", experiment.findings},
                       {"summaries", summaries}};
    // What a failed program printed need not be UTF-8.
    return json.dump(4, ' ', false, Json::error_handler_t::replace) + "\n";
}
