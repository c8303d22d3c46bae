// What an experiment has shown, in sentences.

#pragma once

#include <string>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// The findings, most important first: wrong results, failures, what limits
/// the loop (memory, imbalance, nothing), what share of the program it is,
/// the laws of scaling that fit or why none does, what to be careful about.
/// Needs the experiment's summaries.
std::vector<std::string> find_out(const Experiment& experiment);
