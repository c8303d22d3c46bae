// What a loop would do on a team of any size: the model's input and output.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/makespan.hpp"

/// A schedule in words, and as the model knows it.
struct NamedCut {
    std::string name;  ///< "static", "dynamic,4", "guided,1 (g++)"
    Cut cut;
};

/// The schedules that a text such as "dynamic,16" means: none where it is no
/// schedule, or one that OpenMP says nothing about ("auto"); two for guided,
/// which runtimes do in two ways.
std::vector<NamedCut> to_cuts(const std::string& schedule);

/// The schedule as the compiler's runtime, "libgomp" or "libomp", does it; none
/// where the model does not know that: libomp begins a dynamic loop without
/// `monotonic` with blocks, and threads take from each other's.
std::optional<NamedCut> cut_by(const std::string& runtime,
                               const std::string& schedule, bool is_monotonic);

/// What the source of a lesson's version says of its loop.
struct LoopSource {
    /// The argument of the schedule clause, without a modifier and spaces:
    /// "static,1", "runtime". "static" where there is no clause: so g++ and
    /// clang++ do it.
    std::string schedule = "static";
    bool is_monotonic = false;  ///< the clause has that modifier
    std::string why_not = {};   ///< why the model does not hold; empty: it does
    /// The loop is restructured, or wrong on purpose: another loop.
    bool is_other_loop = false;
};

/// Reads the first `#pragma omp parallel for` of a source file.
LoopSource read_loop_source(const std::filesystem::path& file);

/// The lengths of the items in a work log (see WorkLog::write_csv), in seconds,
/// in the order in which they were begun.
/// @throws std::runtime_error where the file is no work log, or has items that
///     nobody did.
std::vector<double> read_lengths(const std::filesystem::path& log);

/// What OpenMP itself costs on this machine, in seconds.
struct Costs {
    double region = 0.0;       ///< to open a parallel region and to close it
    double fetch = 0.0;        ///< to get the next chunk after another thread
    double fetch_again = 0.0;  ///< to get it where it also got the last one
    double log = 0.0;          ///< that noting an item adds to its length
    std::string runtime = {};  ///< "libgomp" or "libomp"
};

/// The JSON in what a program printed, without what a launcher such as srun may
/// have written before it and after it.
std::string json_in(const std::string& output);

/// What the program team_costs printed.
/// @throws std::exception when the text is something else.
Costs read_costs(const std::string& text);

/// A loop's iterations, ready to be shared.
struct Loop {
    std::vector<double> lengths;  ///< in seconds
    /// Time of the loop by that of the items in the log: near 1 where the log
    /// has the whole loop and nothing else.
    double fit = 1.0;

    /// @param logged as read_lengths() has them.
    /// @param log see Costs: is taken off each length.
    /// @param seconds what the loop takes on one thread without a log; the
    ///     lengths are scaled to it.
    Loop(std::vector<double> logged, double log, double seconds);

    /// Whether the log describes the loop: the items take 0.8 to 1.25 of its
    /// time.
    [[nodiscard]] bool is_described() const {
        return fit >= 0.8 && fit <= 1.25;
    }
};

/// The loop on a team, without the parallel region.
TeamWork share_loop(const Loop& loop, const Cut& cut, int threads,
                    const Costs& costs);

/// One line of the prediction.
struct Prediction {
    double makespan = 0.0;    ///< of the loop with its parallel region, seconds
    double speedup = 0.0;     ///< time on one thread / makespan
    double efficiency = 0.0;  ///< speedup / threads
    double imbalance = 0.0;   ///< busiest thread / mean - 1
    /// The team asks for chunks faster than they can be given, one after the
    /// other: where a fetch was not measured on as many threads, the model does
    /// not hold.
    bool requests_wait = false;
};

/// The loop on a team. One thread opens no region.
Prediction predict(const Loop& loop, const Cut& cut, int threads,
                   const Costs& costs);
