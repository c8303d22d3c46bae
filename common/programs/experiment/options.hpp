// The experiment's command line, and its assignment file.

#pragma once

#include <optional>

#include "common/programs/experiment/plan.hpp"

/// What is asked for; nothing where that was help, which is then printed.
/// @throws std::invalid_argument that tells what is wrong.
std::optional<Plan> read_command_line(int argc, char** argv);
