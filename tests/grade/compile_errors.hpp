// What a compiler and a linker say, for a student.

#pragma once

#include <filesystem>
#include <string>

/// What a compiler's messages about an exercise mean: a sentence where we know
/// what was meant, and then the messages. A `main` of the student's own and a
/// function that is missing are told in one sentence, without the linker's.
std::string explain_errors(const std::string& messages,
                           const std::filesystem::path& exercise);

/// For a line such as "#pragma omp paralel for", the words of OpenMP that were
/// probably meant: "`paralel`: did you mean `parallel`?". Empty: none.
std::string explain_pragma(const std::string& line);
