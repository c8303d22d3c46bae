// What the bench's times say.

#pragma once

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// Seconds of whatever was measured, by its name: one value per repetition.
using Times = std::map<std::string, std::vector<double>>;

/// How a comparison is judged, from the median times.
enum class Kind {
    times,      ///< reference / subject: how many times as fast
    efficiency  ///< the same, over what the control gains on the same threads
};

/// One line of the table of ratios.
struct Target {
    std::string what;       ///< "filter/grey against the plain copy loop"
    std::string subject;    ///< the name of the times that are judged
    std::string reference;  ///< the name of those they are compared with
    Kind kind = Kind::times;
    double at_least = 0.0;  ///< 0: shown, not judged
};

/// A lesson at one size.
struct ProblemSize {
    std::string name;    ///< of its times
    std::string words;   ///< "10,000,000 numbers"
    double items = 0.0;  ///< iterations, pixels, numbers
};

/// A lesson at three sizes, a decade of items apart.
struct Scaling {
    std::string lesson;
    std::array<ProblemSize, 3> sizes;
    std::string remark = {};  ///< why an item takes longer in a large one
};

/// What an item of a lesson's loop costs, counted by hand in its source.
struct Cost {
    double operations = 0.0;  ///< arithmetic ones, comparisons included
    double bytes = 0.0;       ///< to and from memory, read and written
};

/// Something that is shown under the roofline.
struct Point {
    std::string lesson;
    std::string name;    ///< of its times
    double items = 0.0;  ///< of one run
    Cost cost;           ///< of an item
};

/// What is to be made of the times.
struct Suite {
    int threads = 1;  ///< of the teams
    std::vector<Target> targets = {};
    std::vector<Scaling> scalings = {};
    std::vector<Point> points = {};
};

/// What the processors gain together on loops that only compute.
struct Control {
    double speedup = 1.0;     ///< where each step waits for the one before it
    double arithmetic = 1.0;  ///< where a core does as much as it can
    bool conclusive = false;  ///< whether both are at least 0.9 per processor
};

/// The control as these times have it; without its times nothing can be
/// concluded.
Control control_of(const Times& times, int threads);

/// Prints the comparisons as a table, and returns them as JSON. What has not
/// been measured is left out.
nlohmann::ordered_json report_targets(const Suite& suite, const Times& times,
                                      const Control& control);

/// Prints what an item takes at each lesson's three sizes, at best: neighbours
/// only add to it.
nlohmann::ordered_json report_scaling(const Suite& suite, const Times& times);

/// A point under the roofline (Williams, Waterman and Patterson, Roofline: an
/// insightful visual performance model for multicore architectures, 2009).
struct RooflinePoint {
    std::string lesson;
    double intensity = 0.0;  ///< operations per byte
    double rate = 0.0;       ///< operations per second
};

/// The points that have been measured, by name.
std::vector<RooflinePoint> roofline_points(const Suite& suite,
                                           const Times& times);

/// The ceilings, from the limits' times.
struct Roof {
    double arithmetic = 0.0;  ///< operations per second
    double pass = 0.0;        ///< bytes per second, of a pass in place
    double copy = 0.0;        ///< bytes per second, of the copy loop
};

/// The roof; nothing of it may be 0.
/// @throws std::out_of_range when the limits have not been measured.
Roof roof_of(const Suite& suite, const Times& times);

/// The table that roofline.gp draws (CSV): operations per byte, the two roofs
/// at the corners of their lines, and a column for each point.
std::string roofline_csv(const Roof& roof,
                         const std::vector<RooflinePoint>& points);
