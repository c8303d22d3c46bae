// What an exercise's object file defines and calls.

#pragma once

#include <string>
#include <vector>

/// Why an object is refused: it defines a name of the C or C++ library, the
/// OpenMP runtime or the race detector, and so would take its place, or it
/// tells the race detector what to overlook. Empty when there is nothing
/// against it.
/// @param symbols what `nm --format=posix --extern-only` prints of it.
/// @param command how it is linked; the shared libraries (.so) in it count,
///     beside those of this program.
std::string objection_to_symbols(const std::string& symbols,
                                 const std::vector<std::string>& command);
