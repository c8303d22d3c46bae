// What is found about one criterion of one exercise.

#pragma once

#include <filesystem>
#include <string>

#include "common/programs/process.hpp"

/// Passed, failed, or not judged because this machine cannot.
enum class Status { passed, failed, skipped };

/// What was found, and why.
struct Verdict {
    Status status = Status::failed;
    std::string why = {};  ///< for the student; empty where passed
    /// The share of the points that it earns, 0 .. 1.
    double share = 0.0;
    /// Of `parallel`: who did which item, as the tests have recorded it, for
    /// threads_text(). It comes from where a student's code runs: nothing but
    /// a drawing follows from it.
    std::string threads = {};
};

/// What a run of an exercise's tests has left behind.
struct Evidence {
    Outcome outcome;
    std::string results;             ///< GoogleTest's result file, as JSON
    std::string races;               ///< the race detector's reports
    std::filesystem::path exercise;  ///< the student's file
};

/// Judges one criterion: "correct", "parallel", "race_free" or "fast". Only
/// GoogleTest's own result file, whole and without a failure, shows that a test
/// has passed; what the program printed shows nothing.
Verdict judge(const std::string& criterion, const Evidence& evidence);

/// The name of the suite that tests a criterion: "RaceFree" for "race_free".
/// @throws std::invalid_argument for what is no criterion.
std::string suite_of(const std::string& criterion);

/// What the race detector's report says, for a student: the variable, the two
/// lines, and what each does. Empty when there is no race in it.
std::string explain_race(const std::string& report,
                         const std::filesystem::path& exercise);
