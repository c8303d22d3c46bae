// Another program, run as a process of its own.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What to run, and how.
struct Command {
    std::filesystem::path program;  ///< looked up in PATH without a slash
    std::vector<std::string> arguments = {};
    /// Variables of the environment, added to those of this process.
    std::vector<std::pair<std::string, std::string>> environment = {};
    /// Nothing of this process's environment is handed on.
    bool clean_environment = false;
    bool capture = true;  ///< false: it writes where this process writes
    /// Called in the new process, just before it becomes the program, to limit
    /// it; what it throws ends the process with status 127.
    std::function<void()> prepare = {};
    std::optional<double> timeout = {};  ///< in seconds; none: for ever
    /// The time that a program has lost because others had the processors does
    /// not count: see seconds_lost(). It gets up to four times as long (Linux).
    bool patient = false;
    /// Ends the process when it becomes true; a signal handler may set it.
    const std::atomic<bool>* stop = nullptr;
    /// How long it may take to end, in seconds, when it is told to: then it is
    /// ended for certain.
    double grace = 0.1;
    /// What all that this process has started may hold in memory together, in
    /// bytes; looked at many times a second (Linux).
    std::optional<std::int64_t> memory_limit = {};
    /// What it may write when captured, in bytes, and what it may answer.
    std::optional<std::size_t> output_limit = {};
    /// Waits for the program in a socket that is its descriptor 3; what it
    /// sends there is Outcome::answer.
    std::optional<std::string> message = {};
};

/// How a process ended.
struct Outcome {
    int exit_status = 0;           ///< -1 where it did not exit by itself
    int signal = 0;                ///< the signal that ended it; 0: none
    bool started = true;           ///< false: `output` says why it was not
    bool timed_out = false;        ///< it was ended because its time was over
    bool starved = false;          ///< the same, but most of it was lost
    bool stopped = false;          ///< it was ended because `stop` became true
    bool too_much_memory = false;  ///< it was ended because of its limit
    bool too_much_output = false;  ///< it was ended because of its limit
    /// The system had too little memory meanwhile, and ended programs for it:
    /// see memory_kills(). run_confined() finds it out.
    bool system_out_of_memory = false;
    std::string output = {};  ///< stdout and stderr together, when captured
    std::string answer = {};  ///< what it sent, where it was sent a message
    double seconds = 0.0;     ///< wall-clock
    /// The most that it held in memory at a time, in bytes; but no less than
    /// this process held when it started it (getrusage(2): ru_maxrss).
    std::int64_t peak_memory = 0;

    [[nodiscard]] bool ok() const { return exit_status == 0; }
    /// "exit status 1", "killed by signal 11 (Segmentation fault)", ...
    [[nodiscard]] std::string how_it_ended() const;
};

/// Runs a command and waits for its end. The process is the leader of a group
/// of its own, and the whole group is ended with it, or with this process. Its
/// standard input is empty: it is /dev/null.
/// A program that cannot be started gives exit status 127 and a message as
/// output.
/// @throws std::runtime_error when no process can be made.
Outcome run_process(const Command& command);

/// How many seconds a program would have been faster if nobody else had used
/// the processors: an estimate, as its threads may have waited for each other.
/// @param had what its threads have had of the processors, together
/// @param waited how long they have waited for one, together
double seconds_lost(double seconds, double had, double waited, int processors);

/// The last line of a compiler's output that says what is wrong: not "1 error
/// generated" or "linker command failed". Empty when there is none.
std::string last_complaint(const std::string& output);

/// A process that runs on this machine.
struct RunningProcess {
    int id = 0;
    int parent = 0;
    int group = 0;
    std::int64_t memory = 0;  ///< resident, in bytes
};

/// How many programs the system has ended since it was started because it had
/// too little memory (proc(5): vmstat); 0 where it does not tell (Linux does).
std::int64_t memory_kills(const std::filesystem::path& file = "/proc/vmstat");

/// All processes that run now (proc(5): stat); none where the system does not
/// tell (Linux does).
std::vector<RunningProcess> running_processes();
