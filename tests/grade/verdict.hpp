// What is found about one criterion of one exercise.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

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
    bool timed_out = false;  ///< its time was over before its tests were
};

/// What a run of an exercise's tests has left behind.
struct Evidence {
    Outcome outcome;
    std::string number;              ///< drawn for this run, told by `answer`
    std::vector<std::string> tests;  ///< "Correct.KnownPixels": all, in order
    std::string races;               ///< the race detector's reports
    std::filesystem::path exercise;  ///< the student's file
};

/// Judges one criterion: "correct", "parallel", "race_free" or "fast". Only a
/// report (Outcome::answer) that shows the number, names every test in order
/// and has an end shows that they passed; what was printed shows nothing.
Verdict judge(const std::string& criterion, const Evidence& evidence);

/// The name of the suite that tests a criterion: "RaceFree" for "race_free".
/// @throws std::invalid_argument for what is no criterion.
std::string suite_of(const std::string& criterion);

/// What the race detector's report says, for a student: the variable, the two
/// lines, and what each does. Empty when there is no race in it.
std::string explain_race(const std::string& report,
                         const std::filesystem::path& exercise);

/// Whether a verdict tells of a data race.
bool is_race(const Verdict& verdict);

/// Whether a criterion was not judged for a reason that may be over next time.
bool may_pass(const Verdict& verdict);
