// What a grade looks like: for a student, an instructor, and for tools.

#pragma once

#include <string>
#include <vector>

#include "tests/grade/grading.hpp"
#include "tests/grade/json_files.hpp"

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

/// A class as CSV: a row a student, a column a criterion; RFC 4180.
std::string class_csv(const std::vector<Row>& rows);
