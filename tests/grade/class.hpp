// Grading a class: several students at a time, each by a grader of its own.

#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// How a class is graded.
struct ClassGrading {
    std::filesystem::path submissions;  ///< a folder
    std::filesystem::path roster;       ///< empty: none
    std::filesystem::path output;
    std::vector<std::string> lessons;  ///< those that are graded, by name
    std::string student;           ///< grade this one again, and nobody else
    int jobs = 1;                  ///< students at a time
    bool without_fast = false;     ///< leave it for another time
    std::string launcher;          ///< a shell's words put before each grader
    std::filesystem::path grader;  ///< the program
    std::vector<std::string> options = {};  ///< of each student's grader
    std::filesystem::path temporary;        ///< for what they make
    /// The code digest of each lesson's starter.
    std::map<std::string, std::string> starters = {};
};

/// Grades all students, and `fast` at the end, one at a time. What is graded
/// already is not graded again, and what fails with one student stops no other.
/// Writes grades.csv and the other tables, and a folder per student.
/// @returns the exit status: 1 where somebody could not be graded.
/// @throws std::runtime_error when there is nothing to grade, or it was
/// stopped.
int grade_class(const ClassGrading& how, const std::atomic<bool>& stop);
