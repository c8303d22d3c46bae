// What the bench's times say.

#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/bench/suite.hpp"

/// Seconds of each benchmark, one value a repetition.
using Times = std::map<std::string, std::vector<double>>;

/// What the processors gain together on loops that only compute.
struct Control {
    double speedup = 1.0;     ///< where each step waits for the one before it
    double arithmetic = 1.0;  ///< where a core does as much as it can
    bool conclusive = false;  ///< whether both are at least 0.9 a processor
};

/// The control as these times have it; without its benchmarks nothing can be
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
    std::string name;
    double intensity = 0.0;  ///< operations a byte
    double rate = 0.0;       ///< operations a second
};

/// The points whose benchmarks have been measured.
std::vector<RooflinePoint> roofline_points(const Suite& suite,
                                           const Times& times);

/// The ceilings, from the limits' benchmarks.
struct Roof {
    double arithmetic = 0.0;  ///< operations a second
    double pass = 0.0;        ///< bytes a second, of a pass in place
    double copy = 0.0;        ///< bytes a second, of the copy loop
};

/// The roof; nothing of it may be 0.
/// @throws std::out_of_range when the limits have not been measured.
Roof roof_of(const Suite& suite, const Times& times);

/// A gnuplot script that draws roof and points into `picture` (PNG).
std::string roofline_script(const Roof& roof,
                            const std::vector<RooflinePoint>& points,
                            const std::string& title,
                            const std::string& picture);
