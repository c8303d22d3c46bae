// What a grade looks like: for a student, an instructor, and for tools.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/grade/grading.hpp"
#include "tests/grade/students.hpp"

/// How a report is written.
struct Style {
    bool colour = false;
    /// Name the programs in build/check and the hint to open next.
    bool for_student = false;
    /// The file with the threads as a picture; empty: there is none.
    std::string picture = {};
};

/// One exercise: each criterion's points and, where some are lost, why, the
/// command that shows it again and the hint to open next.
std::string exercise_text(const Grade& grade, const std::string& lesson,
                          const Style& style);

/// A table of all exercises, then why points were lost.
std::string grade_text(const Grade& grade, const Style& style);

/// A student's row in the tables of a class.
struct Row {
    Student student;
    Grade grade;
    std::string trouble = {};  ///< why it could not be graded; empty: it was
};

/// A class as CSV (RFC 4180): a row per student, for each lesson its points and
/// their maximum, then the points of each criterion. A criterion that could not
/// be judged for somebody counts for nobody, so that the maximum is the same
/// for all. Begins with a byte order mark, by which spreadsheets see that it is
/// UTF-8; what they would take for a formula begins with an apostrophe.
std::string class_csv(const std::vector<Row>& rows);

/// The same points for the import of Moodle's gradebook.
std::string moodle_csv(const std::vector<Row>& rows);

/// The same points for the import of Canvas's gradebook.
std::string canvas_csv(const std::vector<Row>& rows);

/// Lines that name the criteria which count for nobody, and why.
std::string not_counted(const std::vector<Row>& rows);

/// Lines that name the students who have handed in the same code: the same
/// file, or one that differs by comments and spaces alone.
/// @param starters the code digest of each lesson's starter, which is no sign.
std::string alike(const std::vector<Row>& rows,
                  const std::map<std::string, std::string>& starters);
