// The lines of a chart: settings' values over what was varied.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// What the horizontal axis stands for: numbers of threads, sizes, or a place
/// for each kind of setting (version and schedule).
enum class Axis { threads, sizes, kinds };

/// A value, and those of the two quartiles of the times.
struct Point {
    double x = 0.0;
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// Settings that differ only by what the horizontal axis stands for.
struct Line {
    std::string name;
    std::string colour;  ///< "#0072b2"
    int mark = 0;        ///< number of the look of its points
    int dash = 0;        ///< number of the look of the line
    std::vector<Point> points;
};

struct Chart {
    Axis axis = Axis::threads;
    std::map<double, std::string> ticks;  ///< on the horizontal axis
    std::vector<Line> lines;
};

/// What so many seconds mean for a setting: a speedup, milliseconds ...
using Measure = std::function<double(const Summary&, double seconds)>;

/// The settings that went well with the right result: the serial ones, or all
/// others.
std::vector<Summary> sound_serial(const Experiment& experiment);
std::vector<Summary> sound_parallel(const Experiment& experiment);

std::vector<Setting> settings_of(const std::vector<Summary>& summaries);

bool several_threads(const std::vector<Summary>& summaries);
bool several_sizes(const std::vector<Summary>& summaries);

/// The lines through the settings' values. Colours tell the kinds apart and
/// marks what else differs; where only one of the two does, both tell it.
Chart make_chart(const Experiment& experiment,
                 const std::vector<Summary>& summaries, Axis axis,
                 const Measure& measure);
