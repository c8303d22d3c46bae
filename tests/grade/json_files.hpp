// The JSON files that the grader reads and writes.
//
// All in one .cpp: nlohmann's header takes seconds to compile.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/grade/grading.hpp"
#include "tests/grade/verdict.hpp"

/// The points of the criteria of these lessons, in order, as a file such as
/// points.json lists them.
/// @throws std::runtime_error when there is no such file, std::invalid_argument
///     when a name in it is unknown or a figure no number.
std::vector<Points> read_points(const std::filesystem::path& file,
                                const std::vector<std::string>& lessons);

/// Writes a verdict. @throws std::runtime_error when it cannot be written.
void write_verdict(const Verdict& verdict, const std::filesystem::path& file);

/// Reads a verdict; nothing when there is none.
std::optional<Verdict> read_verdict(const std::filesystem::path& file);

/// The results.json of a Gradescope autograder
/// (gradescope-autograders.readthedocs.io, specifications).
std::string gradescope_json(const Grade& grade);

/// Reads a results.json of ours; a grade without marks when there is none.
Grade read_grade(const std::filesystem::path& file);
