// The plots of an experiment, drawn by gnuplot.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// A plot, as two files.
struct Figure {
    std::string title;  ///< what it shows, a short sentence
    std::filesystem::path svg;
    std::filesystem::path png;
};

/// Whether gnuplot can be started here.
bool has_gnuplot();

/// Draws what the experiment has shown into the folder: time, speedup and
/// efficiency over threads (over sizes where only the sizes differ), with
/// interquartile ranges as error bars, the ideal line and the control's; the
/// phases read / compute / write; and the timelines of the logged runs. The
/// machine and the command stand in each caption. A plot without data is left
/// out.
/// @throws std::runtime_error with gnuplot's own words where it fails.
std::vector<Figure> draw_figures(const Experiment& experiment,
                                 const std::filesystem::path& folder);

/// Writes a work log (CSV) as trace events that Perfetto and chrome://tracing
/// open: an item a complete event ("ph": "X", times in microseconds), a thread
/// a line (Trace Event Format, Google, 2016).
void write_trace(const LoggedRun& run, const std::filesystem::path& file);
