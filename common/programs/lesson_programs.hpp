// The programs of the lessons, as the build makes them.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// How a process ended that was ended by a signal, or else (0) with an exit
/// status: "exit status 1", "killed by signal 11 (Segmentation fault)".
std::string how_it_ended(int exit_status, int signal);

/// A lesson's programs: serial first, parallel second, then what further
/// versions there are, by name.
struct LessonPrograms {
    std::string lesson;  ///< "05_grey"
    std::vector<std::filesystem::path> versions;
};

/// The lessons that the build has, in order. The file `programs` in the folder
/// lists them, LESSON/VERSION on a line each: what lies there beside them is
/// from an earlier build. They need not be built yet.
/// @throws std::runtime_error when the list cannot be read.
std::vector<LessonPrograms> find_lessons(const std::filesystem::path& folder);

/// The lesson that a number ("5", "05") or a name ("05_grey", "grey") means.
/// @throws std::invalid_argument that offers the nearest name, and lists all.
const LessonPrograms& find_lesson(const std::vector<LessonPrograms>& lessons,
                                  const std::string& wanted);
