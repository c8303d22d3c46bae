// What an experiment has measured: every run, and what the runs say together.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// One combination that the experiment tries, serial or parallel.
struct Setting {
    std::string version;   ///< "serial", "parallel", ...
    int threads = 1;       ///< asked for
    std::string schedule;  ///< as --schedule takes it; empty: none given
    std::string size;      ///< the value of --width or --count; empty: default

    bool operator==(const Setting&) const = default;
};

/// What happened in one run of a lesson's program.
struct Run {
    Setting setting;
    int round = 0;                 ///< 1 .. the number of repeats
    int attempt = 1;               ///< 2 and up: repeated, machine was busy
    std::string error;             ///< empty: it went well
    double seconds = 0.0;          ///< of the function
    double read_seconds = 0.0;     ///< of the phase before it
    double write_seconds = 0.0;    ///< of the phase after it
    std::string problem;           ///< the size in words: "2048 x 1365"
    std::int64_t items = 0;        ///< of the loop
    std::int64_t bytes_moved = 0;  ///< by the function; 0: not known
    std::string result;            ///< checksum
    /// Whether one timed call was long enough to be judged: 1 ms, or called
    /// often enough to fill one.
    bool judgeable = true;
    double control_speedup = 0.0;     ///< of the compute-only kernel; 0: none
    double control_efficiency = 0.0;  ///< that, by threads that can run at once
    double copy_bandwidth = 0.0;      ///< of the copy loop, bytes a second

    [[nodiscard]] bool ok() const { return error.empty(); }
};

/// Below this control efficiency the machine was busy with something else.
inline constexpr double quiet = 0.9;

/// What the runs of one setting say together.
struct Summary {
    Setting setting;
    std::string problem;  ///< the size in words
    int runs = 0;         ///< that went well and count
    int busy_runs = 0;    ///< that went well while the machine was busy
    std::string error;    ///< of the last failed run; empty: none failed
    /// Some run, busy or not, has another result than the serial version of
    /// the same size; where that is missing, than the setting's first run.
    bool wrong = false;
    bool too_short = false;       ///< some run that counts was not judgeable
    bool oversubscribed = false;  ///< more threads than processors
    double median = 0.0;          ///< seconds of the function
    double spread = 0.0;          ///< interquartile range, seconds
    double best = 0.0;            ///< seconds
    double read_seconds = 0.0;    ///< median
    double write_seconds = 0.0;   ///< median
    double speedup = 0.0;         ///< serial median / this median; 0: unknown
    double efficiency = 0.0;      ///< speedup / threads
    std::optional<double> serial_fraction;  ///< Karp and Flatt's metric
    std::optional<double> imbalance;        ///< where the lesson logs its work
    double control_speedup = 0.0;           ///< median
    double bandwidth = 0.0;                 ///< bytes a second; 0: not known
    double copy_bandwidth = 0.0;            ///< of the copy loop, median
};

/// What one run with its work log on has left.
struct LoggedRun {
    Setting setting;
    std::filesystem::path log;         ///< CSV: item,thread,start_s,end_s
    std::filesystem::path picture;     ///< empty: the lesson makes none
    std::filesystem::path thread_map;  ///< empty: the lesson makes none
    double imbalance = 0.0;            ///< max / mean - 1
};

/// Everything that is known when the runs are over.
struct Experiment {
    std::string lesson;   ///< "12_mandelbrot"
    std::string command;  ///< that makes it again
    std::string machine;  ///< in a line, for captions
    std::string started;  ///< date and time, ISO 8601
    int processors = 1;   ///< usable by this process
    int repeats = 0;      ///< asked for
    int planned_runs = 0;
    bool interrupted = false;
    std::string size_option;  ///< "--width", "--count" or empty
    std::vector<Run> runs;
    std::vector<LoggedRun> logged;      ///< empty: the lesson keeps no log
    std::vector<Summary> summaries;     ///< serial ones first, then as planned
    std::vector<std::string> findings;  ///< sentences, most important first
};

/// Sums up the runs, one Summary a setting in the order of their first runs,
/// the serial ones before the others. Where a setting has quiet runs, only they
/// count (control efficiency at least `quiet`, or no control); else all that
/// went well do. Speedups are against the serial setting of the same size; the
/// serial fraction is left out where there are more threads than processors.
/// The imbalance is left for those who have the work logs.
std::vector<Summary> summarise(const std::vector<Run>& runs, int processors);

/// Every run as CSV (RFC 4180, but lines end in a mere line feed): a header
/// line, then a line a run. Numbers have all the digits that they need to be
/// read back as they were.
std::string to_csv(const std::vector<Run>& runs);
/// The runs that to_csv wrote; lines may end in CR LF, too.
/// @throws std::runtime_error with the line's number where one is malformed.
std::vector<Run> from_csv(const std::string& text);

/// The experiment as JSON, the members' names as keys; of the single runs only
/// how many there are ("runs") and how many failed ("failed_runs"). A number
/// that is not known is null.
std::string to_json(const Experiment& experiment);
