// gnuplot, and what it is told.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/programs/experiment/figures.hpp"
#include "common/programs/experiment/results.hpp"

/// A drawing as gnuplot is told of it; all are 800 pixels wide.
struct Drawing {
    std::string name = {};      ///< of its files, without their endings
    std::string title = {};     ///< what it shows, a short sentence
    std::string note = {};      ///< how to read it, for the caption
    int height = 480;           ///< in pixels
    std::string commands = {};  ///< data and settings, whole lines
    std::vector<std::string> plots = {};  ///< what the one plot command plots
};

/// The text as gnuplot's scripts quote it, so that it is drawn as it is.
/// Control characters become blanks.
std::string gnuplot_text(std::string_view text);

/// The script that draws it: NAME.svg and NAME.png in the current folder.
std::string gnuplot_script(const Drawing& drawing,
                           const Experiment& experiment);

/// Draws it into the folder, with the script (NAME.gp) beside it.
/// @throws std::runtime_error with gnuplot's own words where it fails; then
///     there is no figure.
Figure draw(const Drawing& drawing, const Experiment& experiment,
            const std::filesystem::path& folder);
