// What a student hands in for an assignment: its part of the page, and
// report.md.

#pragma once

#include <string>

#include "common/programs/experiment/results.hpp"

/// Whether the expectation is about this setting; about a serial one only where
/// it says so.
bool is_about(const Expectation& expected, const Setting& setting);

/// The due date, and lines for a name and a date; empty without an assignment.
std::string heading_html(const Experiment& experiment);

/// What was expected beside what was measured, and the questions, with room for
/// answers; empty where there is neither.
std::string questions_html(const Experiment& experiment);

/// The same as Markdown, to be completed by hand: with the machine, the
/// headline and the table.
/// @param has_plot speedup.png is beside it
std::string report_markdown(const Experiment& experiment, bool has_plot);
