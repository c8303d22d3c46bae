// The experiment as plots and as one page.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// Puts gnuplot's scripts into the folder, which holds settings/table.tsv, and
/// runs them: speedup, efficiency, time, phases, timelines. A script that finds
/// nothing to draw is removed.
/// @returns what went wrong, as messages; empty: all is drawn.
std::vector<std::string> draw_plots(const std::filesystem::path& folder);

/// Writes report.html into the folder: page.html, filled with the headline, the
/// findings, the table and the plots and pictures that are in the folder. The
/// page holds everything itself and asks for nothing from elsewhere. For an
/// assignment also report.md.
/// @throws std::runtime_error when the file cannot be written.
void write_report(const Experiment& experiment,
                  const std::filesystem::path& folder);
