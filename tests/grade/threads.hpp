// What a student sees of the threads of an exercise.

#pragma once

#include <filesystem>
#include <string>

#include "common/image.hpp"

/// A timeline, as lesson 04 prints it, of what Watch::record() has written
/// (tests/exercises/exercise.hpp), below a line that says what it is. Empty
/// for what is no such record: it comes from where a student's code runs.
std::string threads_text(const std::string& record);

/// The same as a picture, where the items are parts of one: each part in the
/// colour that its thread has in the lessons' thread maps, black where nobody
/// did it. 0 x 0 pixels for what is no such record.
Image threads_picture(const std::string& record);

/// Writes that picture as a PNG file, whole or not at all. Nothing is written
/// through a link: one that has the file's name is replaced, and where its
/// folder or that one's folder is a link, nothing is written.
/// @returns whether it was.
/// @throws std::runtime_error that names the file and says what is wrong.
bool write_threads_picture(const std::string& record,
                           const std::filesystem::path& file);
