// Work logs, as the lessons write them with --log.

#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

/// One item of a loop: who did it, from when to when.
struct LoggedItem {
    std::int64_t item = 0;
    int thread = 0;
    double start = 0.0;  ///< in seconds since the log began
    double end = 0.0;    ///< in seconds since the log began
};

/// The items that somebody did, in the order of the file.
/// @throws std::runtime_error that names the file, and the line that is none of
///     a work log.
std::vector<LoggedItem> read_work_log(const std::filesystem::path& file);
