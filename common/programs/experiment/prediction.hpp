// What the plots of speedup and efficiency show beyond the measured teams.

#pragma once

#include <string>

#include "common/programs/experiment/results.hpp"
#include "common/programs/predict/model.hpp"

/// For each curve over threads its last measured point that is not
/// oversubscribed, and what the model says of teams up to four times as large:
/// a line for each, with tabs in between and the names of plot_table(). Curves
/// are missing where the model does not hold, or no iteration was timed; empty:
/// all are.
/// @param sources the folder of the lessons' sources, for the schedule of a
///     loop that takes none by an option.
std::string prediction_table(const Experiment& experiment, const Costs& costs,
                             const std::string& sources);
