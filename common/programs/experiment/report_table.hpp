// The table of a report.

#pragma once

#include <string>

#include "common/programs/experiment/results.hpp"

/// A row a setting, without the columns in which there is nothing, and what the
/// columns mean.
std::string table_html(const Experiment& experiment);
