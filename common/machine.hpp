// The machine and the OpenMP runtime that a program finds itself on.

#pragma once

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

/// What matters of a machine to somebody who measures on it.
struct Machine {
    std::string host;             ///< its name in the network
    std::string processor;        ///< the model's name; empty: unknown
    int processors_online = 1;    ///< of the whole machine
    int processors_usable = 1;    ///< by this process: its affinity mask
    std::optional<double> quota;  ///< the control group's limit, in processors
    std::int64_t memory_available = 0;  ///< in bytes; 0: unknown
    std::string compiler;               ///< "g++ 12.2.0"
    std::string openmp_version;  ///< "4.5 (201511)"; empty: OpenMP is off
    std::string runtime;         ///< "libgomp"; empty: none
    int team_size = 1;           ///< threads of a parallel region
    std::string binding;         ///< "true", "close", ... or "false"
    std::string wait_policy;     ///< OMP_WAIT_POLICY, or "not set"
};

/// Describes the machine and the runtime as this process sees them.
Machine describe_machine();

/// The processor, how many of them, the compiler and the runtime, in one line.
std::string machine_line(const Machine& machine);

/// The description as lines of "what  value", for people to read; where OpenMP
/// is off the first line says so, and what to do.
std::string machine_text(const Machine& machine);

/// The team that a parallel region of this process gets.
struct Team {
    int size = 1;           ///< its threads
    std::string note = {};  ///< "a team has 1 thread, not 2: why"; empty: none
};

/// Opens a team and makes its size that of all that follow. Where a container
/// limits processor time, that counts, unless the user says how many threads.
/// @param asked threads that the user asks for by an option; 0: none.
/// @throws std::runtime_error where OMP_NUM_THREADS is more than most_threads.
Team settle_team(int asked);

/// What --threads takes at most.
inline constexpr int most_threads = 1024;

/// The time of how many processors the control group of this process may use,
/// as a container's --cpus sets it; nothing where that is not limited. The
/// OpenMP runtimes do not ask: they start a thread for each processor.
/// @param root the folder that has /proc/self/cgroup and /sys/fs/cgroup in it.
std::optional<double> processor_quota(const std::filesystem::path& root = "/");

/// The same for the control group with this folder, of either version.
std::optional<double> processor_quota_in(const std::filesystem::path& group);

/// Memory that can be had without swapping, in bytes: the system's figure, or
/// what the control group leaves where that is less. 0: unknown.
std::int64_t available_memory();

/// Counts the threads of this process that work while it exists.
class ThreadCounter {
 public:
    ThreadCounter();
    /// Threads that have used processor time since the counter was made, idle
    /// members of a team that wait actively among them; at least 1. Where the
    /// system does not tell (Linux does), or threads have ended meanwhile, the
    /// size of a team.
    [[nodiscard]] int threads() const;

 private:
    /// Processor time that each thread has used, in nanoseconds, by its number.
    using Times = std::map<int, std::int64_t>;
    static Times times();

    Times before_;
    std::clock_t process_before_;  ///< that of all threads, ended ones too
};
