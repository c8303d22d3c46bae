// What a student has handed in.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// The exercises taken from a submission: for each lesson its file's copy, or
/// why there is none.
struct Submission {
    std::map<std::string, std::filesystem::path> exercises;
    std::map<std::string, std::string> missing;
    /// Where each exercise was in the submission.
    std::map<std::string, std::string> found;
    /// What else there was, and what has become of it: for the report.
    std::vector<std::string> remarks;
    /// For each lesson, taken or not: the same for the same file.
    std::map<std::string, std::string> digests;
    /// The same for files that differ by comments and spaces alone.
    std::map<std::string, std::string> code_digests;
};

/// Copies the exercises of a submission into `folder`, as LESSON/exercise.cpp,
/// and nothing else.
///
/// A submission is one or more folders, archives (.zip, .tar, .tar.gz, .tgz)
/// and C++ files. In these an exercise is LESSON/exercise.cpp, however deep,
/// or a file whose name begins with the lesson's number or name, such as
/// 05_grey_exercise.cpp, or, where one lesson alone is graded, exercise.cpp.
/// Links, other kinds of file, files over 256 KiB, empty ones and those that
/// are no text in UTF-8 are not taken. `name` is "exercise.cpp", or
/// "solution.cpp" for the instructor's.
/// @param sandbox whether archives are unpacked in a sandbox.
/// @throws std::runtime_error when there is no such submission.
Submission take_exercises(const std::vector<std::filesystem::path>& submission,
                          const std::vector<std::string>& lessons,
                          const std::string& name,
                          const std::filesystem::path& folder, bool sandbox);

/// Whether a file's name says that it is an archive that can be unpacked.
bool is_archive(const std::filesystem::path& file);

/// C++ without comments and spaces.
std::string bare_code(const std::string& text);
