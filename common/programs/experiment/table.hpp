// The experiment as a table on the terminal.

#pragma once

#include <string>

#include "common/programs/experiment/results.hpp"

/// A line a setting, a legend below; wrong results first and loudest.
/// @param colour whether to use the terminal's colours.
std::string table_text(const Experiment& experiment, bool colour);
