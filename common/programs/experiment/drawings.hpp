// The drawings that an experiment can have.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/programs/experiment/gnuplot.hpp"
#include "common/programs/experiment/results.hpp"

// Each of these is empty where there is nothing to draw. Settings that failed
// or have a wrong result are left out.

/// Speedups over threads, or over what else differs; without times too short
/// to judge, as efficiency_drawing.
std::optional<Drawing> speedup_drawing(const Experiment& experiment);
/// Speedup / threads.
std::optional<Drawing> efficiency_drawing(const Experiment& experiment);
/// Median times, over sizes where there are several.
std::optional<Drawing> time_drawing(const Experiment& experiment);
/// What part of the programs' time is reading, computing, writing.
std::optional<Drawing> phases_drawing(const Experiment& experiment);

/// Who worked when: a drawing for all logged runs of the same threads and size,
/// or, where only the threads differ, for all of the same size.
std::vector<Drawing> timeline_drawings(const Experiment& experiment);
