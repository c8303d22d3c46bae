// The experiment as one page.

#pragma once

#include <filesystem>
#include <vector>

#include "common/programs/experiment/figures.hpp"
#include "common/programs/experiment/results.hpp"

/// Writes a page of HTML that holds everything itself (figures and pictures
/// too) and asks for nothing from elsewhere: what was found, the table, the
/// figures, the thread maps, how it was measured.
/// @throws std::runtime_error when the file cannot be written.
void write_report(const Experiment& experiment,
                  const std::vector<Figure>& figures,
                  const std::filesystem::path& file);
