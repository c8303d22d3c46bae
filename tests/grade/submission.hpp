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
    std::string digest;  ///< the same for the same files
};

/// Copies the exercises of a submission into `folder`, as LESSON/exercise.cpp,
/// and nothing else. They are at lessons/LESSON/exercise.cpp or
/// LESSON/exercise.cpp; links, other kinds of file, files over 256 KiB, empty
/// ones and those that are no text in UTF-8 are not taken. `name` is
/// "exercise.cpp", or "solution.cpp" for the instructor's.
/// @throws std::runtime_error when the submission is no folder.
Submission take_exercises(const std::filesystem::path& submission,
                          const std::vector<std::string>& lessons,
                          const std::string& name,
                          const std::filesystem::path& folder);
