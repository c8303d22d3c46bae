// What the experiment reads and writes as JSON.

#pragma once

#include <string>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// What the control program printed.
/// @throws std::exception when the text is something else.
Control read_control(const std::string& text);

/// The options that a lesson's program has: "--threads", "--width" ...
/// @param description what it prints for --describe.
/// @throws std::exception when the text is something else.
std::vector<std::string> read_options(const std::string& description);

/// The experiment with its members' names as keys; of the single runs only how
/// many there are ("runs") and how many failed ("failed_runs"). A number that
/// is not known is null.
std::string to_json(const Experiment& experiment);
