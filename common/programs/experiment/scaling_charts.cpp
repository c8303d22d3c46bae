// Speedup, efficiency and time as drawings.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "common/programs/experiment/chart.hpp"
#include "common/programs/experiment/drawings.hpp"
#include "common/programs/experiment/names.hpp"
#include "common/statistics.hpp"

namespace {

using Summaries = std::vector<Summary>;

/// The parallel settings whose speedup can be judged.
Summaries comparable(const Experiment& experiment) {
    std::set<std::string> sizes;  // whose serial time can be judged
    for (const Summary& summary : sound_serial(experiment)) {
        if (!summary.too_short) sizes.insert(summary.setting.size);
    }
    Summaries chosen = sound_parallel(experiment);
    std::erase_if(chosen, [&](const Summary& summary) {
        return summary.too_short || summary.speedup <= 0.0 ||
               !sizes.contains(summary.setting.size);
    });
    return chosen;
}

// --- The horizontal axis -----------------------------------------------------

const char* size_label(const Experiment& experiment) {
    return experiment.size_option == "--width" ? "width of the picture (pixels)"
                                               : "number of items";
}

/// The ticks with their labels. Those of numbers that have no room are left
/// out; names are all needed and stand high and low by turns.
std::string ticks_text(const Chart& chart) {
    constexpr double characters = 90.0;  // that fit below the chart
    const auto place = [&](double x) {
        return chart.axis == Axis::sizes ? std::log(x) : x;
    };
    const double first = place(chart.ticks.begin()->first);
    const double range = place(chart.ticks.rbegin()->first) - first;
    double free_from = first;
    bool low = false;
    std::string text;
    for (const auto& [x, label] : chart.ticks) {
        std::string shown = gnuplot_text(label);
        if (chart.axis == Axis::kinds) {
            if (low) shown = "\"\\n\" . " + shown;
            low = !low && chart.ticks.size() > 4;
        } else if (place(x) < free_from) {
            shown = gnuplot_text("");
        } else {
            const auto width = static_cast<double>(label.size() + 2);
            free_from = place(x) + width / characters * range;
        }
        text += fmt::format("{}{} {:g}", text.empty() ? "" : ", ", shown, x);
    }
    return text;
}

std::string horizontal_axis(const Chart& chart, const Experiment& experiment) {
    const double first = chart.ticks.begin()->first;
    const double last = chart.ticks.rbegin()->first;
    std::string label;
    std::string range;
    switch (chart.axis) {
        case Axis::threads: {
            const double margin = std::max(0.25, 0.06 * (last - first));
            label = "threads";
            range = fmt::format("set xrange [{:g}:{:g}]\n", first - margin,
                                last + margin);
            break;
        }
        case Axis::sizes: {
            const double margin = std::max(1.1, std::pow(last / first, 0.06));
            label = size_label(experiment);
            range = fmt::format("set logscale x\nset xrange [{:g}:{:g}]\n",
                                first / margin, last * margin);
            break;
        }
        case Axis::kinds:
            range = fmt::format(
                "set xrange [{:g}:{:g}]\n"
                "set style fill transparent solid 0.5\n",
                first - 0.6, last + 0.6);
            break;
    }
    return fmt::format("set xlabel {}\n{}set xtics ({}) scale 0.5\n",
                       gnuplot_text(label), range, ticks_text(chart));
}

// --- The lines ---------------------------------------------------------------

/// Adds the lines' data and how they are plotted.
void add_lines(Drawing& drawing, const Chart& chart) {
    // Point types; not as many as colours, so that both repeat later.
    constexpr std::array<int, 7> marks = {7, 5, 9, 13, 11, 6, 4};
    for (const Line& line : chart.lines) {
        const std::string data =
            fmt::format("$line{}", &line - chart.lines.data() + 1);
        drawing.commands +=
            fmt::format("{} << END\n# x value low high\n", data);
        for (const Point& point : line.points) {
            drawing.commands +=
                fmt::format("{:g} {:.6g} {:.6g} {:.6g}\n", point.x, point.value,
                            point.low, point.high);
        }
        drawing.commands += "END\n";
        const std::string look =
            fmt::format("linecolor rgb '{}' linewidth 2", line.colour);
        if (chart.axis == Axis::kinds) {
            drawing.plots.push_back(fmt::format(
                "{} using 1:2:3:4:(0.5) with boxerrorbars notitle {}", data,
                look));
            continue;
        }
        const auto mark = static_cast<std::size_t>(line.mark);
        drawing.plots.push_back(fmt::format(
            "{} with yerrorlines title {} {} pointtype {} pointsize 0.9 "
            "dashtype {}",
            data, gnuplot_text(line.name), look, marks.at(mark % marks.size()),
            line.dash + 1));
    }
    // The legend beside the chart needs a line for each.
    const int legend_height = 17 * static_cast<int>(drawing.plots.size());
    drawing.height = std::max(drawing.height, 160 + legend_height);
}

// --- Beside the lines --------------------------------------------------------

/// A grey area where there are more threads than processors.
void add_shade(Drawing& drawing, const Chart& chart, int processors) {
    if (chart.axis != Axis::threads ||
        chart.ticks.rbegin()->first <= processors) {
        return;
    }
    constexpr const char* grey = "fillcolor rgb '#ececec'";
    drawing.commands += fmt::format(
        "set object 1 rectangle from {}, graph 0 to graph 1, graph 1 behind "
        "\\\n"
        "    {} fillstyle solid noborder\n",
        processors, grey);
    drawing.plots.push_back(fmt::format(
        "NaN with boxes {} fillstyle solid title 'oversubscribed'", grey));
}

/// Adds a line to compare with: at each tick the median of the chart's values.
void add_reference(Drawing& drawing, const Chart& chart,
                   const std::string& data, const std::string& look) {
    std::map<double, std::vector<double>> values;
    for (const Line& line : chart.lines) {
        for (const Point& point : line.points) {
            if (point.value > 0.0) values[point.x].push_back(point.value);
        }
    }
    if (values.empty()) return;
    if (chart.axis == Axis::kinds) {  // right across
        values[values.begin()->first - 0.5] = values.begin()->second;
        values[values.rbegin()->first + 0.5] = values.rbegin()->second;
    }
    drawing.commands += data + " << END\n# x value\n";
    for (const auto& [x, list] : values) {
        drawing.commands += fmt::format("{:g} {:.6g}\n", x, median(list));
    }
    drawing.commands += "END\n";
    drawing.plots.push_back(data + " with lines " + look);
}

/// From zero to where all of the charts can be seen.
std::string vertical_range(const std::vector<Chart>& charts) {
    double highest = 0.0;
    for (const Chart& chart : charts) {
        for (const Line& line : chart.lines) {
            for (const Point& point : line.points) {
                highest = std::max(highest, point.high);
            }
        }
    }
    constexpr double air = 1.1;
    return fmt::format("set yrange [0:{:.4g}]\n", air * highest);
}

/// A legend beside the chart, where it covers nothing.
constexpr const char* legend =
    "set key outside right center vertical Left reverse samplen 3\n"
    "set border 3\n"
    "set tics nomirror\n"
    "set grid y linecolor rgb '#dddddd' linetype 1\n";

// --- Speedup and efficiency --------------------------------------------------

/// What is drawn of a speedup: itself, or its efficiency.
using View = std::function<double(const Summary&, double speedup)>;

std::optional<Drawing> scaling_drawing(const Experiment& experiment,
                                       const std::string& title,
                                       const View& view) {
    const Summaries summaries = comparable(experiment);
    if (summaries.empty()) return std::nullopt;
    const Axis axis = several_threads(summaries) ? Axis::threads
                      : several_sizes(summaries) ? Axis::sizes
                                                 : Axis::kinds;
    const auto chart_of = [&](const Measure& speedup) {
        return make_chart(experiment, summaries, axis,
                          [&](const Summary& summary, double seconds) {
                              return view(summary, speedup(summary, seconds));
                          });
    };
    const Chart measured = chart_of([](const Summary& summary, double seconds) {
        return summary.speedup * summary.median / seconds;
    });
    const Chart control = chart_of(
        [](const Summary& summary, double) { return summary.control_speedup; });
    const Chart ideal = chart_of(
        [](const Summary& summary, double) { return summary.setting.threads; });
    const Chart possible = chart_of([&](const Summary& summary, double) {
        return std::min(summary.setting.threads, experiment.processors);
    });

    Drawing drawing;
    drawing.commands = legend + horizontal_axis(measured, experiment) +
                       vertical_range({measured, control, possible});
    add_shade(drawing, measured, experiment.processors);
    add_reference(drawing, ideal, "$ideal",
                  "title 'ideal' linecolor rgb 'black'");
    add_reference(drawing, control, "$control",
                  "title 'control' linecolor rgb '#787878' linewidth 2 "
                  "dashtype 2");
    add_lines(drawing, measured);
    drawing.title = experiment.lesson + ": " + title +
                    Names(experiment).shared(settings_of(summaries));
    drawing.note =
        "Medians; the bars span the middle half of the runs. Control: a loop "
        "that only computes, run beside each run.";
    return drawing;
}

// --- Time --------------------------------------------------------------------

double longest(const Summaries& summaries) {
    double seconds = 0.0;
    for (const Summary& summary : summaries) {
        seconds = std::max(seconds, summary.median);
    }
    return seconds;
}

/// Lines for all kinds and all threads would be too many: of several kinds only
/// those on the most threads, oversubscribed ones apart.
Summaries on_one_team(const Summaries& summaries, int processors) {
    const auto same_kind = [&](const Summary& summary) {
        return summary.setting.version == summaries.front().setting.version &&
               summary.setting.schedule == summaries.front().setting.schedule;
    };
    if (std::all_of(summaries.begin(), summaries.end(), same_kind)) {
        return summaries;
    }
    int team = summaries.front().setting.threads;
    for (const Summary& summary : summaries) {
        const int threads = summary.setting.threads;
        if (threads <= processors) team = std::max(team, threads);
    }
    Summaries chosen = summaries;
    std::erase_if(chosen, [=](const Summary& summary) {
        return summary.setting.threads != team;
    });
    return chosen;
}

}  // namespace

std::optional<Drawing> speedup_drawing(const Experiment& experiment) {
    std::optional<Drawing> drawing =
        scaling_drawing(experiment, "speedup over the serial program",
                        [](const Summary&, double speedup) { return speedup; });
    if (!drawing) return drawing;
    drawing->name = "speedup";
    drawing->commands += "set ylabel 'speedup (serial time / this time)'\n";
    return drawing;
}

std::optional<Drawing> efficiency_drawing(const Experiment& experiment) {
    std::optional<Drawing> drawing = scaling_drawing(
        experiment, "efficiency", [](const Summary& summary, double speedup) {
            return speedup / summary.setting.threads;
        });
    if (!drawing) return drawing;
    drawing->name = "efficiency";
    drawing->commands += "set ylabel 'efficiency (speedup / threads)'\n";
    return drawing;
}

std::optional<Drawing> time_drawing(const Experiment& experiment) {
    Summaries parallel = sound_parallel(experiment);
    if (parallel.empty()) return std::nullopt;
    const Axis axis = several_sizes(parallel)     ? Axis::sizes
                      : several_threads(parallel) ? Axis::threads
                                                  : Axis::kinds;
    if (axis == Axis::sizes) {
        parallel = on_one_team(parallel, experiment.processors);
    }
    const TimeUnit unit = unit_for(longest(parallel));
    const Measure time = [&](const Summary&, double seconds) {
        return seconds / unit.seconds;
    };
    Chart chart = make_chart(experiment, parallel, axis, time);
    Chart serial = make_chart(experiment, sound_serial(experiment), axis, time);

    Drawing drawing;
    drawing.name = "time";
    drawing.title = experiment.lesson + ": time of the loop" +
                    Names(experiment).shared(settings_of(parallel));
    drawing.note = "Medians; the bars span the middle half of the runs.";
    drawing.commands =
        legend + horizontal_axis(chart, experiment) +
        fmt::format("set ylabel 'time ({})'\n", unit.name) +
        (axis == Axis::sizes ? "set logscale y\nset format y '%g'\n"
                             : vertical_range({chart, serial}));
    add_shade(drawing, chart, experiment.processors);
    for (Line& line : serial.lines) {
        line.colour = "#000000";
        line.dash = 1;
        if (axis == Axis::sizes) {
            chart.lines.push_back(line);
        } else {  // its one time goes right across
            drawing.plots.push_back(fmt::format(
                "{:.6g} with lines title {} linecolor rgb '{}' linewidth 2 "
                "dashtype 2",
                line.points.front().value, gnuplot_text(line.name),
                line.colour));
        }
    }
    add_lines(drawing, chart);
    return drawing;
}
