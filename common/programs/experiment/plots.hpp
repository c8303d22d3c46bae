// The plots of an experiment, drawn by gnuplot from its CSV files.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// The plots, as their files are called; the first one matters most.
inline const std::vector<std::string> plot_names = {
    "speedup", "efficiency", "time", "phases", "timelines"};

/// A file of this folder that is built into the program: "page.html",
/// "plots/speedup.gp" ...
/// @throws std::out_of_range when there is none of that name.
std::string_view built_in_file(const std::string& name);

/// Puts gnuplot's scripts into the folder, which holds settings/table.tsv, and
/// runs them. A script that finds nothing to draw is
/// removed.
/// @returns what went wrong, as messages; empty: all is drawn.
std::vector<std::string> draw_plots(const std::filesystem::path& folder);

/// Writes the folder's work log as trace events (trace.json) that Perfetto and
/// chrome://tracing open: an item is a complete event ("ph": "X", times in
/// microseconds), a thread a line (Trace Event Format, Google, 2016).
/// @throws std::runtime_error that names a line that is none of a work log.
void write_trace(const LoggedRun& run);
