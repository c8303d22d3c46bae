// The programs of the lessons, as the build has made them.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// A lesson's programs: serial first, parallel second, then what further
/// versions there are, by name.
struct LessonPrograms {
    std::string lesson;  ///< "05_grey"
    std::vector<std::filesystem::path> versions;
};

/// The lessons whose programs lie in the folder, a sub-folder each, in order.
/// @throws std::filesystem::filesystem_error when the folder cannot be read.
std::vector<LessonPrograms> find_lessons(const std::filesystem::path& folder);

/// The lesson that a number ("5", "05") or a name ("05_grey", "grey") means.
/// @throws std::invalid_argument that offers the nearest name, and lists all.
const LessonPrograms& find_lesson(const std::vector<LessonPrograms>& lessons,
                                  const std::string& wanted);
