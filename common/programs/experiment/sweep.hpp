// Runs a plan: every setting in turn, round after round.

#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "common/programs/experiment/plan.hpp"
#include "common/programs/predict/model.hpp"
#include "common/programs/process.hpp"
#include "common/timer.hpp"

/// The local time, as strftime writes it.
std::string local_time(const char* format);

/// A duration for people: "45 s", "12 min", "2.5 h".
std::string duration_text(double seconds);

/// A name for files: "parallel_threads-2_dynamic-16_size-512".
std::string file_name(const Setting& setting);

/// What the program writes, if it goes well.
/// @throws std::runtime_error with the program's last line when it does not.
std::string output_of(const Command& command);

/// Runs lessons' programs as a plan says, and collects what they record.
class Sweep {
 public:
    /// @param stop set by a signal handler: ends the sweep after what runs now
    ///     has been ended.
    Sweep(const Plan& plan, const std::atomic<bool>& stop)
        : plan_(plan), stop_(stop) {}

    /// Runs the serial program once for each size, beside a control.
    /// @returns how long the whole sweep will take, in seconds, without the
    ///     runs that must be repeated; 0: unknown, since a run failed.
    [[nodiscard]] double estimate() const;

    /// Runs every setting `repeats` times, interleaved: in each round all of
    /// them once, the serial ones first, each beside a control. A run while the
    /// machine is busy is repeated, twice at the most. Shows progress: on a
    /// terminal each run, elsewhere a line each minute.
    /// @param after_run called with all runs so far.
    void measure(const std::function<void(const std::vector<Run>&)>& after_run);

    /// Runs every parallel setting once more with its work log on; a setting's
    /// files go to a sub-folder of `folder`.
    /// @returns the runs that went well.
    std::vector<LoggedRun> log(const std::filesystem::path& folder);

    /// How long each iteration takes on one thread: from the logs of the runs
    /// on one thread, or from one more run of each version and size. None where
    /// the plan has no run on one thread, or the lesson gives no such times.
    [[nodiscard]] std::vector<ItemTimes> item_times(
        const std::vector<LoggedRun>& logged) const;

    /// What OpenMP costs where the programs run, on so many threads.
    [[nodiscard]] Costs costs(int threads) const;

 private:
    void run_and_keep(const Setting& setting, int round);
    [[nodiscard]] Run run_once(const Setting& setting) const;
    [[nodiscard]] Control control_beside(const Run& run) const;
    /// A lesson's program with a setting's options and more.
    [[nodiscard]] Command lesson(const Setting& setting,
                                 const std::vector<std::string>& more) const;
    /// Any program of this sweep: as the plan wants it, and stopped by `stop`.
    [[nodiscard]] Command command(const std::filesystem::path& program,
                                  const std::vector<std::string>& arguments,
                                  int threads) const;
    void tell(const std::string& progress);

    const Plan& plan_;
    const std::atomic<bool>& stop_;
    std::vector<Run> runs_;
    Timer timer_;
    double told_ = 0.0;  ///< when progress was told last, in seconds
};
