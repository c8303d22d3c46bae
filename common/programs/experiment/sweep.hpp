// Runs a plan: every setting in turn, round after round.

#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "common/programs/experiment/plan.hpp"
#include "common/programs/experiment/results.hpp"
#include "common/programs/process.hpp"

/// What the control program has measured just now.
struct Control {
    std::string machine;          ///< in a line, for captions
    int processors = 1;           ///< usable by this process
    double speedup = 0.0;         ///< of a kernel that only computes
    double copy_bandwidth = 0.0;  ///< of a plain copy loop, bytes a second

    /// The speedup by the number of threads that can run at once, or the
    /// inverse where that is above 1: 1 on a quiet machine, less on a busy one.
    [[nodiscard]] double efficiency(int threads) const;
};

/// Runs the control program on that many threads.
/// @param command the program, its further options and its surroundings.
/// @throws std::runtime_error when it fails.
Control run_control(Command command, int threads);

/// Runs lessons' programs as a plan says, and collects what they record.
class Sweep {
 public:
    /// @param control the control program.
    /// @param stop set by a signal handler: ends the sweep after what runs now
    ///     has been ended.
    Sweep(const Plan& plan, std::filesystem::path control,
          const std::atomic<bool>& stop);

    /// Runs every setting `repeats` times, interleaved: in each round all of
    /// them once, the serial ones first, each beside a control. A run while the
    /// machine is busy is repeated, twice at the most. Shows progress.
    void measure();

    /// Runs every parallel setting once more with its work log on, where the
    /// lesson keeps one; the files go to `folder`.
    void log(const std::filesystem::path& folder);

    [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }
    [[nodiscard]] const std::vector<LoggedRun>& logged() const {
        return logged_;
    }
    [[nodiscard]] int planned_runs() const;

 private:
    void run_and_keep(const Setting& setting, int round);
    [[nodiscard]] Run run_once(const Setting& setting) const;
    [[nodiscard]] Control control_beside(const Run& run) const;
    [[nodiscard]] std::vector<std::string> arguments_of(
        const Setting& setting) const;
    /// A program of this sweep in its surroundings: environment, time, stop.
    [[nodiscard]] Command command(const std::filesystem::path& program,
                                  std::vector<std::string> arguments) const;

    const Plan& plan_;
    std::filesystem::path control_;
    const std::atomic<bool>& stop_;
    std::vector<Run> runs_;
    std::vector<LoggedRun> logged_;
};
