// What a grade looks like: for a student, an instructor, and for tools.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/grade/grading.hpp"

/// How a report is written.
struct Style {
    bool colour = false;
    /// Name the programs in build/check and the hint to open next.
    bool for_student = false;
};

/// One exercise: each criterion's points and, where some are lost, why, the
/// command that shows it again and the hint to open next.
std::string exercise_text(const Grade& grade, const std::string& lesson,
                          const Style& style);

/// A table of all exercises, then why points were lost.
std::string grade_text(const Grade& grade, const Style& style);

/// The results.json of a Gradescope autograder
/// (gradescope-autograders.readthedocs.io, specifications).
std::string gradescope_json(const Grade& grade);

/// Of a student's results.json, what grades.csv needs.
struct Row {
    std::string student;
    std::string digest;         ///< of what was graded
    std::string points_digest;  ///< of what it was worth
    double points = 0.0;
    double maximum = 0.0;
    double not_judged = 0.0;
    std::vector<std::pair<std::string, std::string>> marks;  ///< test, points
};

/// What a list of points is known by, in results.json.
std::string digest_of(const std::vector<Points>& points);

/// Reads it; a row without a digest when there is none, or not of ours.
Row read_results(const std::string& student, const std::filesystem::path& file);

/// A class as CSV: a row a student, a column a criterion; RFC 4180.
std::string class_csv(const std::vector<Row>& rows);
