// Grading one submission: ctest compiles, runs and judges; the points are ours.

#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/grade/kit.hpp"
#include "tests/grade/submission.hpp"
#include "tests/grade/verdict.hpp"

/// What one criterion of one exercise has earned.
struct Mark {
    Points of;
    Verdict verdict;
    double points = 0.0;
    bool tested = false;  ///< by a program that was run

    /// Why points are lost, or why it was not judged.
    [[nodiscard]] std::string why() const;
};

/// What was handed in for a lesson.
struct Handed {
    std::string digest;  ///< the same for the same file, or for none
    std::string code;    ///< the same but for comments and spaces; empty: none
    std::string found;   ///< where it was; empty: nowhere
};

/// A graded submission.
struct Grade {
    std::vector<Mark> marks;  ///< all of the fixed list, in its order
    /// Of each lesson: what was graded.
    std::map<std::string, Handed> handed;
    std::vector<std::string> remarks;  ///< on what was handed in
    double seconds = 0.0;              ///< that grading took
    std::string no_sandbox;  ///< why there was none; empty: there was one

    [[nodiscard]] double points() const;
    /// What could be earned here: without the criteria that were not judged.
    [[nodiscard]] double maximum() const;
    /// The points of criteria that this machine could not judge.
    [[nodiscard]] double not_judged() const;
    /// What has to be said before all else: that there was no sandbox.
    [[nodiscard]] std::string head() const;
    /// "9 of 9 points (1 more could not be judged here)".
    [[nodiscard]] std::string total() const;
};

/// What is known while a submission is graded in `work`, in a line: "05_grey:
/// correct passed, parallel failed; still running: race_free, fast".
std::string known_so_far(const Kit& kit, const std::string& lesson,
                         const std::filesystem::path& work);

/// Grades the exercises of the kit's lessons in a submission by ctest, several
/// at once. Everything is built anew in `work`, an empty folder that other
/// users can reach; ctest's JUnit report is left there as junit.xml, and the
/// programs as LESSON.release/LESSON.
/// @param known marks of an earlier grading that still hold: not tested again.
/// @param fast whether `fast` is to be measured; otherwise it is left for the
///     end, when the machine has nothing else to do.
/// @throws std::runtime_error when grading itself fails, or was stopped.
Grade grade_submission(const Kit& kit, const Submission& submission,
                       const std::filesystem::path& work,
                       const std::vector<Mark>& known, bool fast,
                       const std::atomic<bool>& stop);
