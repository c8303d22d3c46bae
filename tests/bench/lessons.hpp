// The lessons' programs as the bench runs them, each by its --record.

#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "common/programs/lesson_programs.hpp"
#include "common/programs/process.hpp"
#include "tests/bench/report.hpp"

/// Options of 12_mandelbrot: the view of the Computer Language Benchmarks Game.
inline const std::string large_view =
    "--width 8000 --height 8000 --max-iterations 50 --center -0.5,0 --span 2";
inline constexpr double large_view_pixels = 8000.0 * 8000.0;

/// Runs that are to be measured, and what is to be made of their times. A run's
/// name is what one types: "03_squares/parallel --count 100000".
struct LessonRuns {
    std::set<std::string> names;
    Suite suite;  ///< the items and words of its sizes are not known yet
};

/// The runs of these lessons: the parallel version at three sizes and the
/// serial one at the largest, or both as they are where the bench knows no
/// sizes of a lesson; and the lessons' other versions that have targets.
/// @param threads of the teams.
LessonRuns plan_runs(const std::vector<LessonPrograms>& lessons, int threads);

/// Runs all of them so many rounds, in a new random order in each, and calls
/// `before_each_round`. Adds the times, and completes the suite's sizes.
/// @param folder of the lessons' programs.
/// @throws std::runtime_error when a program fails.
void measure(LessonRuns& runs, const std::filesystem::path& folder, int rounds,
             const std::function<void()>& before_each_round, Times& times);

/// The words of a line, which are separated by spaces.
std::vector<std::string> words_of(const std::string& line);

/// Runs a program to its end.
/// @throws std::runtime_error when it fails.
Outcome run_program(const std::filesystem::path& program,
                    const std::vector<std::string>& arguments);

/// How fast programs start, and what memory a run with the defaults holds:
/// prints a line for every version, and returns the same as JSON.
/// @throws std::runtime_error when a program fails.
nlohmann::ordered_json report_starts(
    const std::vector<LessonPrograms>& lessons);
