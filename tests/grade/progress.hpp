// How far one is with the exercises: what `make progress` shows.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/grade/grading.hpp"

/// What the last check of an exercise has found.
struct Checked {
    double points = 0.0;
    double maximum = 0.0;  ///< of what could be judged
    bool done = false;     ///< no points are lost but those of `fast`
    std::string digest;    ///< of the exercise.cpp that was checked
    std::string when;      ///< "2026-11-26 19:40", local time
};

/// By lesson.
using Progress = std::map<std::string, Checked>;

/// An exercise as it is now.
struct Exercise {
    std::string lesson;
    std::string digest;           ///< of its exercise.cpp; empty: there is none
    std::optional<bool> begun{};  ///< it is not the starter; nothing: unknown
};

/// Whether a grade has lost no points but those of `fast`, which the machine
/// has a say in.
bool is_done(const Grade& grade);

/// What a file's content is known by; empty when it cannot be read.
std::string digest_of_file(const std::filesystem::path& file);

/// Notes in a file what a grade has found about the exercises that were graded,
/// lesson by lesson; other lessons' entries stay. The file appears whole or not
/// at all, and several graders may note at once. Where it cannot be written,
/// this is said on stderr.
void note_progress(
    const std::filesystem::path& file, const Grade& grade,
    const std::map<std::string, std::filesystem::path>& exercises);

/// Reads what was noted; empty when there is no file. A damaged one is renamed,
/// which is said on stderr; the entries that can be read stay in the file.
Progress read_progress(const std::filesystem::path& file);

/// The exercises of a workbook, in order.
std::vector<Exercise> find_exercises(const std::filesystem::path& workbook);

/// The lesson of the first exercise behind `after` that is not done, or else of
/// the first at all; empty when all are done.
std::string next_lesson(const std::vector<Exercise>& exercises,
                        const Progress& progress,
                        const std::string& after = "");

/// The same as a line: "next: make 07", or that all are done.
std::string next_text(const std::vector<Exercise>& exercises,
                      const Progress& progress, const std::string& after = "");

/// The table of all exercises, a bar, and what is next. What was noted of an
/// exercise that has changed since does not count.
std::string progress_text(const std::vector<Exercise>& exercises,
                          const Progress& progress);
