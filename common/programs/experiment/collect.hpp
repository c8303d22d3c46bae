// The experiments of many students, machine beside machine.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/results.hpp"

/// An experiment that a student has handed in.
struct Handed {
    std::string student;  ///< the first folder below the collected one
    std::string file;     ///< from there
    /// The student, and the folder where there are several of a lesson.
    std::string name = {};
    Experiment experiment = {};
};

struct Collection {
    std::filesystem::path folder;
    std::vector<Handed> handed;        ///< by student
    std::vector<std::string> skipped;  ///< files, each with the reason
};

/// Settings of one lesson that differ in the number of threads alone.
struct Comparison {
    std::string name;       ///< "12_mandelbrot, parallel, dynamic, 960 x 640"
    std::vector<Row> rows;  ///< one for each experiment
};

/// Reads every summary.json below the folder; follows no link.
Collection collect(const std::filesystem::path& folder);

/// By lesson, then as the experiments have them.
std::vector<Comparison> comparisons(const Collection& collection);

/// Every setting of every experiment as CSV.
std::string collected_csv(const Collection& collection);

/// Writes collected.csv, the plot and collected.html into the folder, and the
/// tables to the terminal.
void write_collection(const Collection& collection,
                      const std::filesystem::path& output);
