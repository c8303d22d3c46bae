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

/// One test in a result file of GoogleTest.
struct TestResult {
    std::string suite;
    std::string name;
    bool has_run = false;  ///< to its end, and was not skipped
    std::vector<std::string> failures;
    std::string not_judged;  ///< what measure_speedup() has recorded: why not,
    std::string speedup;     ///< or the two numbers
    std::string possible;
    std::string threads;  ///< see Verdict
    std::string costs;    ///< what other forms cost here; may be empty
};

/// The tests in a result file; nothing when it is no whole file.
/// @throws std::exception when it is not GoogleTest's.
std::optional<std::vector<TestResult>> read_test_results(
    const std::string& json);

/// Writes a verdict. @throws std::runtime_error when it cannot be written.
void write_verdict(const Verdict& verdict, const std::filesystem::path& file);

/// Reads a verdict; nothing when there is none.
std::optional<Verdict> read_verdict(const std::filesystem::path& file);

/// The results.json of a Gradescope autograder
/// (gradescope-autograders.readthedocs.io, specifications).
std::string gradescope_json(const Grade& grade);

/// Reads a results.json of ours; a grade without marks when there is none.
Grade read_grade(const std::filesystem::path& file);
