// What a student sees of the threads of an exercise.

#pragma once

#include <string>

/// A timeline, as lesson 04 prints it, of what Watch::record() has written
/// (tests/exercises/exercise.hpp), below a line that says what it is. Empty
/// for what is no such record: it comes from where a student's code runs.
std::string threads_text(const std::string& record);
