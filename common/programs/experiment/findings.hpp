// What an experiment has shown, in sentences.

#pragma once

#include "common/programs/experiment/results.hpp"

/// Writes the experiment's headline (what was found in one or two sentences, or
/// why nothing can be said), its findings (five at most) and its notes. No
/// sentence rests on settings that are not judged.
void add_findings(Experiment& experiment);
