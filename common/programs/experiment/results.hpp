// What an experiment has measured: every run, and what the runs say together.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/programs/experiment/assignment.hpp"
#include "common/programs/predict/model.hpp"
#include "common/record.hpp"

/// One combination that the experiment tries, serial or parallel.
struct Setting {
    std::string version;   ///< "serial", "parallel", ...
    int threads = 1;       ///< asked for
    std::string schedule;  ///< as --schedule takes it; empty: none given
    std::string size;      ///< the value of --width or --count; empty: default

    bool operator==(const Setting&) const = default;
    [[nodiscard]] bool is_serial() const { return version == "serial"; }
};

/// Below this control efficiency the machine was busy with something else.
inline constexpr double quiet = 0.9;

/// What the control program measured beside a run; zeros: there was none.
struct Control {
    std::string machine;          ///< in one line, for captions
    int processors = 1;           ///< usable by this process
    double speedup = 0.0;         ///< of a kernel that only computes
    double copy_bandwidth = 0.0;  ///< of a plain copy loop, bytes a second
    double pass_bandwidth = 0.0;  ///< of a plain pass in place, bytes a second

    /// The speedup by the number of threads that can run at once, or the
    /// inverse where that is above 1: 1 on a quiet machine, less on a busy one.
    [[nodiscard]] double efficiency(int threads) const;
};

/// What happened in one run of a lesson's program.
struct Run {
    Setting setting;
    int round = 1;        ///< 1 .. the number of repeats
    int attempt = 1;      ///< 2 and up: repeated, the machine was busy
    std::string started;  ///< date and time, ISO 8601
    std::string error;    ///< empty: it went well
    Record record;        ///< with one value in `seconds`; none after an error
    Control control;
    bool counted = false;  ///< see mark_counted()

    [[nodiscard]] bool ok() const { return error.empty(); }
    [[nodiscard]] bool is_busy() const {
        return control.speedup > 0.0 &&
               control.efficiency(setting.threads) < quiet;
    }
};

/// A number that may be unknown.
using Known = std::optional<double>;

/// What the runs of one setting say together.
struct Summary {
    Setting setting;
    std::string problem;             ///< the size in words
    std::vector<std::string> hosts;  ///< the machines on which it ran
    int rounds = 0;                  ///< in which a run went well
    int quiet_runs = 0;              ///< that went well on a quiet machine
    int runs = 0;                    ///< that count
    std::string error;  ///< of the last failed run; empty: none failed
    /// Some run has another result than the serial version of the same size;
    /// where that is missing, than the setting's first run.
    bool wrong = false;
    bool too_short = false;       ///< some run that counts is not judgeable
    bool oversubscribed = false;  ///< more threads than processors
    /// Whether the runs allow a verdict: right, long enough, two at least,
    /// their spread at most half of the median, and half of the rounds quiet.
    bool judged = false;
    [[nodiscard]] bool is_quiet() const {
        return rounds > 0 && 2 * quiet_runs >= rounds;
    }
    Known median;     ///< seconds of the function
    Known quartile1;  ///< seconds; as quartile3 and spread, of two runs or more
    Known quartile3;
    Known spread;         ///< quartile3 - quartile1
    Known best;           ///< seconds
    Known read_seconds;   ///< median
    Known write_seconds;  ///< median
    /// Serial median / this median; unknown where one is wrong or too short.
    Known speedup;
    Known efficiency;  ///< speedup / threads
    /// Speedup over the same version (and schedule) on one thread.
    Known scaling;
    /// Karp and Flatt's, of `scaling`: only where it can be judged, and not
    /// with more threads than processors.
    Known serial_fraction;
    Known imbalance;        ///< max / mean - 1, where the lesson logs its work
    Known control_speedup;  ///< median
    Known bandwidth;        ///< bytes a second
    Known copy_bandwidth;   ///< of the copy loop, median
    Known pass_bandwidth;   ///< of the pass in place, median
};

/// What one run with its work log on has left.
struct LoggedRun {
    Setting setting;
    /// Holds work_log.csv, and picture.png and picture_threads.png where the
    /// lesson makes them.
    std::filesystem::path folder;
    double imbalance = 0.0;  ///< max / mean - 1
};

/// How long each iteration of a version's loop took on one thread.
struct ItemTimes {
    std::string version;
    std::string size;             ///< as Setting has it
    std::vector<double> lengths;  ///< in seconds, in the order of the loop
};

/// Everything that is known when the runs are over.
struct Experiment {
    std::string lesson;              ///< "12_mandelbrot"
    std::string command;             ///< that makes it again
    std::string machine;             ///< in one line
    std::vector<std::string> hosts;  ///< the machines of the runs, by name
    std::string started;             ///< date and time, ISO 8601
    int processors = 1;              ///< usable by this process
    int repeats = 0;                 ///< asked for
    int planned_runs = 0;
    bool interrupted = false;
    std::string size_option;  ///< "--width", "--count" or empty
    std::vector<Run> runs;
    std::vector<LoggedRun> logged;      ///< empty: the lesson keeps no log
    std::vector<ItemTimes> item_times;  ///< empty: it gives none
    Costs costs = {};                   ///< of OpenMP, for predictions
    std::vector<Summary> summaries;     ///< serial ones first, then as planned
    std::string headline;               ///< what was found, in short
    std::vector<std::string> findings;  ///< five at most, the important ones
    std::vector<std::string> notes;     ///< the others
    Assignment assignment = {};         ///< empty where there is none
};

/// What the control program printed, and the options ("--width" ...) that a
/// lesson's program prints for --describe.
/// @throws std::exception when the text is something else.
Control read_control(const std::string& text);
std::vector<std::string> read_options(const std::string& text);

/// Marks the runs that count. Of a setting these are its quiet runs, if at
/// least half of the rounds have one and their median is not above that of all:
/// a disturbance makes runs slower, so quiet runs that are slower were
/// disturbed by something that the control did not see. Else all that went well
/// count.
void mark_counted(std::vector<Run>& runs);

/// The names of the machines on which the runs were, each once.
std::vector<std::string> hosts_of(const std::vector<Run>& runs);

/// Sums up the runs, one Summary for each setting in the order of their first
/// runs, the serial ones before the others.
/// @param logged from where the imbalances come.
std::vector<Summary> summarise(std::vector<Run> runs, int processors,
                               const std::vector<LoggedRun>& logged = {});

/// Of what to_json() writes: another number for other members.
inline constexpr int schema = 1;

/// The members' names are the keys, and "schema"; of the runs only how many
/// there are ("runs") and how many failed ("failed_runs"). A number that is not
/// known is null.
std::string to_json(const Experiment& experiment);

/// What to_json() has written, without the runs. It may come from anybody: the
/// numbers that it has are possible ones, and the texts are short.
/// @throws std::runtime_error that says in a few words why it is not that.
Experiment read_summary(const std::string& json);

/// What the plots read: a line for each setting, with tabs in between, since
/// gnuplot cuts text with commas.
std::string plot_table(const Experiment& experiment);
