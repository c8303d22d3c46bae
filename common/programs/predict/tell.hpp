#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/programs/predict/measure.hpp"

/// A line of the table.
struct Line {
    int threads = 1;
    std::string schedule;
    std::optional<Prediction> prediction =
        {};                               ///< none: the model does not hold
    std::optional<double> measured = {};  ///< seconds
    std::optional<double> error = {};     ///< percent of what was measured
};

void print_table(const std::vector<Line>& lines);

/// Writes the table as CSV to `wanted.csv`.
void write_csv(const std::vector<Line>& lines, const std::string& lesson,
               const Wanted& wanted);

/// What each thread of the team does when, as the model has it.
void print_timeline(const Loop& loop, const NamedCut& named, int threads,
                    const Costs& costs);

/// For a loop that moves memory: how fast it can be here. `alone`: its run on
/// one thread.
void print_ceiling(const Programs& programs, const Record& alone,
                   int processors);

/// What the model does not know of this machine. `largest`: the most threads of
/// the table; `some_wait`: a line of it is missing, since requests wait.
void print_notes(const Measured& measured, const Costs& costs, int processors,
                 int largest, bool some_wait);
