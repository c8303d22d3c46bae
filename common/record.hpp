// What a lesson program finds out in its run, for its report and for other
// programs.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// A step of a lesson program that is timed apart from its function.
struct Phase {
    std::string name;      ///< "read", "write", ...
    double seconds = 0.0;  ///< wall-clock; 0: not timed
    std::string note;      ///< what was read or written
};

/// One run of a lesson program. All but the phases and the error make a line of
/// JSON in the file of --record, with the members' names as keys.
struct Record {
    std::string lesson;      ///< "05_grey"
    std::string version;     ///< "serial", "parallel", ...
    int threads = 1;         ///< that really worked
    int threads_asked = 1;   ///< size of the team
    std::string schedule;    ///< in force; empty: the lesson has none to set
    std::string size;        ///< of the problem, in words
    std::int64_t items = 0;  ///< of the problem
    std::int64_t bytes_moved = 0;  ///< by one call; 0: not known
    std::vector<double> seconds;   ///< of one call, one value per timed run
    std::int64_t calls_per_run = 1;
    double read_seconds = 0.0;   ///< of the phases before the function
    double write_seconds = 0.0;  ///< of the phases after it
    std::string result;          ///< checksum, eight hexadecimal digits
    double tolerance = 0.0;      ///< relative, of real results; 0: bytes count
    std::optional<double> imbalance;  ///< where the lesson logs its work
    std::string host;                 ///< where it ran: the machine's name
    std::string machine;              ///< and what machine_line() says of it

    std::vector<Phase> before;  ///< the phases before the function
    std::vector<Phase> after;   ///< and those after it
    double error = 0.0;         ///< the largest of a real result, relative

    /// Whether the runs were long enough to be compared: a millisecond, or
    /// called often enough to fill one.
    [[nodiscard]] bool judgeable() const;
};

/// Shortest timed run that is judged, in seconds.
inline constexpr double shortest_timed_run = 1e-3;

/// Adds the record to the file as one line, in one write: lines of programs
/// that run at the same time never mix.
/// @throws std::runtime_error that names the file when it cannot be written.
void append_record(const Record& record, const std::filesystem::path& file);

/// The last record in the file.
/// @throws std::runtime_error when the file has none.
Record read_last_record(const std::filesystem::path& file);
