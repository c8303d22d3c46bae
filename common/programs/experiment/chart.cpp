#include "common/programs/experiment/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>
#include <utility>

#include "common/programs/experiment/names.hpp"
#include "common/statistics.hpp"
#include "common/terminal.hpp"

namespace {

std::vector<Summary> sound(const Experiment& experiment, bool serial) {
    std::vector<Summary> chosen;
    for (const Summary& summary : experiment.summaries) {
        const bool is_serial = summary.setting.version == "serial";
        if (is_serial == serial && summary.error.empty() && !summary.wrong &&
            summary.median > 0.0) {
            chosen.push_back(summary);
        }
    }
    return chosen;
}

/// The value of --width or --count; 0: none was given.
double size_of(const Setting& setting) {
    return std::strtod(setting.size.c_str(), nullptr);
}

/// The times behind a setting's median: those of quiet runs, where there are
/// any.
std::vector<double> times_of(const Experiment& experiment,
                             const Summary& summary) {
    std::vector<double> all;
    std::vector<double> undisturbed;
    for (const Run& run : experiment.runs) {
        if (run.setting != summary.setting || !run.ok()) continue;
        all.push_back(run.seconds);
        const bool busy =
            run.control_efficiency > 0.0 && run.control_efficiency < quiet;
        if (!busy) undisturbed.push_back(run.seconds);
    }
    return undisturbed.empty() ? all : undisturbed;
}

Point make_point(const Experiment& experiment, const Summary& summary, double x,
                 const Measure& measure) {
    std::vector<double> times = times_of(experiment, summary);
    if (times.empty()) times.push_back(summary.median);
    const double fast = measure(summary, quantile(times, 0.25));
    const double slow = measure(summary, quantile(times, 0.75));
    // A long time is a small speedup: the quartiles may have changed places.
    return {.x = x,
            .value = measure(summary, summary.median),
            .low = std::min(fast, slow),
            .high = std::max(fast, slow)};
}

/// Numbers names in the order in which they are first seen.
class Numbering {
 public:
    int number(const std::string& name) {
        const auto found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end()) {
            names_.push_back(name);
            return count() - 1;
        }
        return static_cast<int>(found - names_.begin());
    }
    [[nodiscard]] const std::string& name(int number) const {
        return names_.at(static_cast<std::size_t>(number));
    }
    [[nodiscard]] int count() const { return static_cast<int>(names_.size()); }

 private:
    std::vector<std::string> names_;
};

/// Where a setting stands on the horizontal axis, and in which line.
struct Place {
    double x = 0.0;
    std::string tick;
    std::string other;  ///< what differs besides the kind
};

Place place_of(const Setting& setting, Axis axis, const Names& names,
               int kind) {
    switch (axis) {
        case Axis::threads:
            return {.x = static_cast<double>(setting.threads),
                    .tick = std::to_string(setting.threads),
                    .other = names.size(setting)};
        case Axis::sizes:
            return {.x = size_of(setting),
                    .tick = count_text(std::llround(size_of(setting))),
                    .other = threads_text(setting.threads)};
        case Axis::kinds:
            break;
    }
    return {.x = static_cast<double>(kind),
            .tick = names.kind(setting),
            .other = ""};
}

/// Colours of Okabe and Ito that show well as lines on white.
std::string line_colour(int number) {
    constexpr std::array<const char*, 6> colours = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};
    return colours.at(static_cast<std::size_t>(number) % colours.size());
}

}  // namespace

std::vector<Summary> sound_serial(const Experiment& experiment) {
    return sound(experiment, true);
}

std::vector<Summary> sound_parallel(const Experiment& experiment) {
    return sound(experiment, false);
}

std::vector<Setting> settings_of(const std::vector<Summary>& summaries) {
    std::vector<Setting> settings;
    for (const Summary& summary : summaries) {
        settings.push_back(summary.setting);
    }
    return settings;
}

bool several_threads(const std::vector<Summary>& summaries) {
    std::set<int> threads;
    for (const Summary& summary : summaries) {
        threads.insert(summary.setting.threads);
    }
    return threads.size() > 1;
}

bool several_sizes(const std::vector<Summary>& summaries) {
    std::set<double> sizes;
    for (const Summary& summary : summaries) {
        sizes.insert(size_of(summary.setting));
    }
    sizes.erase(0.0);
    return sizes.size() > 1;
}

Chart make_chart(const Experiment& experiment,
                 const std::vector<Summary>& summaries, Axis axis,
                 const Measure& measure) {
    const Names names(experiment);
    Chart chart;
    chart.axis = axis;
    Numbering kinds;
    Numbering others;
    std::map<std::pair<int, int>, std::vector<Point>> lines;
    for (const Summary& summary : summaries) {
        const int kind = kinds.number(names.kind(summary.setting));
        const Place place = place_of(summary.setting, axis, names, kind);
        if (axis == Axis::sizes && place.x <= 0.0) continue;
        chart.ticks[place.x] = place.tick;
        lines[{axis == Axis::kinds ? 0 : kind, others.number(place.other)}]
            .push_back(make_point(experiment, summary, place.x, measure));
    }
    const bool several_kinds = kinds.count() > 1;
    const bool several_others = others.count() > 1;
    for (const auto& [key, points] : lines) {
        const auto& [kind, other] = key;
        Line line;
        if (several_kinds || !several_others) line.name = kinds.name(kind);
        if (several_kinds && several_others) line.name += ", ";
        if (several_others) line.name += others.name(other);
        line.colour = line_colour(several_kinds ? kind : other);
        line.mark = several_others ? other : kind;
        line.dash = several_kinds ? other : 0;
        line.points = points;
        chart.lines.push_back(line);
    }
    return chart;
}
