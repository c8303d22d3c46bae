#include "common/programs/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string_view>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __APPLE__
extern char** environ;
#endif

#include "common/timer.hpp"

namespace {

constexpr int cannot_start = 127;

/// The most that was resident, in bytes.
std::int64_t peak_memory_of(const rusage& usage) {
#ifdef __APPLE__
    constexpr std::int64_t unit = 1;
#else
    constexpr std::int64_t unit = 1024;
#endif
    return unit * usage.ru_maxrss;
}

/// A pipe that programs which are started do not inherit.
bool make_pipe(std::array<int, 2>& ends) {
#ifdef __linux__
    return pipe2(ends.data(), O_CLOEXEC) == 0;
#else
    if (pipe(ends.data()) != 0) return false;
    for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
    return true;
#endif
}

/// clearenv(), which not every system has.
void clear_environment() {
    std::vector<std::string> names;
    for (char** entry = environ; entry != nullptr && *entry != nullptr;
         ++entry) {
        const std::string_view text = *entry;
        names.emplace_back(text.substr(0, text.find('=')));
    }
    for (const std::string& name : names) unsetenv(name.c_str());
}

/// In the child: becomes the program.
[[noreturn]] void become(const Command& command, int output) {
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // ends when we end
#endif
    const int nothing = open("/dev/null", O_RDONLY);
    if (nothing > STDIN_FILENO) {
        dup2(nothing, STDIN_FILENO);
        close(nothing);
    }
    if (output >= 0) {
        dup2(output, STDOUT_FILENO);
        dup2(output, STDERR_FILENO);
    }
    if (command.clean_environment) clear_environment();
    for (const auto& [name, value] : command.environment) {
        setenv(name.c_str(), value.c_str(), 1);
    }
    std::vector<char*> arguments;
    arguments.push_back(const_cast<char*>(command.program.c_str()));
    for (const std::string& argument : command.arguments) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    std::string why;
    try {
        if (command.prepare) command.prepare();
        execvp(arguments[0], arguments.data());
        why = std::strerror(errno);
    } catch (const std::exception& error) {
        why = error.what();
    }
    const std::string message = fmt::format("{}: cannot be started: {}\n",
                                            command.program.string(), why);
    [[maybe_unused]] const auto written =
        write(STDERR_FILENO, message.data(), message.size());
    _exit(cannot_start);
}

/// Ends a process and all that it started: politely, so that it can remove its
/// temporary files, and after `grace` seconds for certain.
void end_group(pid_t leader, double grace) {
    constexpr int moment = 10'000;  // microseconds
    const Timer timer;
    kill(-leader, SIGTERM);
    siginfo_t about = {};
    while (timer.seconds() < grace) {
        about.si_pid = 0;
        waitid(P_PID, static_cast<id_t>(leader), &about,
               WEXITED | WNOHANG | WNOWAIT);
        if (about.si_pid == leader) break;
        usleep(moment);
    }
    kill(-leader, SIGKILL);
}

/// Reads what there is within the given time. @returns false at the end.
bool read_some(int input, std::string& text, int milliseconds) {
    pollfd waiting = {input, POLLIN, 0};
    if (poll(&waiting, 1, milliseconds) <= 0) return true;
    std::array<char, 4096> buffer = {};
    const ssize_t size = read(input, buffer.data(), buffer.size());
    if (size <= 0) return false;
    text.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
}

/// All processes that this one has started, and those that they have started,
/// whatever group or session they are in.
std::vector<RunningProcess> descendants() {
    const std::vector<RunningProcess> all = running_processes();
    std::map<int, int> parents;
    for (const RunningProcess& process : all) {
        parents[process.id] = process.parent;
    }
    const auto descends = [&parents](const RunningProcess& process) {
        auto above = parents.find(process.id);
        // While we look, processes come and go: no more steps than processes.
        for (std::size_t i = 0; i < parents.size(); ++i) {
            if (above == parents.end()) return false;
            if (above->second == getpid()) return true;
            above = parents.find(above->second);
        }
        return false;
    };
    std::vector<RunningProcess> ours;
    std::copy_if(all.begin(), all.end(), std::back_inserter(ours), descends);
    return ours;
}

/// What they hold in memory, in bytes.
std::int64_t memory_of_descendants() {
    std::int64_t memory = 0;
    for (const RunningProcess& process : descendants()) {
        memory += process.memory;
    }
    return memory;
}

/// Notes which limit a running process has passed. @returns whether one.
/// `memory_looked_at` is when its memory was last looked at, in seconds: that
/// takes time, and is done 20 times a second.
bool passes_limit(const Command& command, double seconds,
                  double& memory_looked_at, Outcome& outcome) {
    constexpr double look_at_memory_every = 0.05;
    outcome.timed_out = command.timeout && seconds > *command.timeout;
    outcome.stopped = command.stop != nullptr && *command.stop;
    outcome.too_much_output =
        command.output_limit && outcome.output.size() > *command.output_limit;
    if (command.memory_limit &&
        seconds >= memory_looked_at + look_at_memory_every) {
        memory_looked_at = seconds;
        outcome.too_much_memory =
            memory_of_descendants() > *command.memory_limit;
    }
    return outcome.timed_out || outcome.stopped || outcome.too_much_output ||
           outcome.too_much_memory;
}

}  // namespace

std::string Outcome::how_it_ended() const {
    if (too_much_memory) return "ended because it used too much memory";
    if (too_much_output) return "ended because it wrote too much";
    if (timed_out) return fmt::format("ended after {:.1f} s", seconds);
    if (stopped) return "stopped";
    if (signal != 0) {
        return fmt::format("killed by signal {} ({})", signal,
                           strsignal(signal));
    }
    return fmt::format("exit status {}", exit_status);
}

Outcome run_process(const Command& command) {
    std::array<int, 2> pipe_ends = {-1, -1};
    if (command.capture && !make_pipe(pipe_ends)) {
        throw std::runtime_error(fmt::format(
            "{}: no pipe: {}", command.program.string(), std::strerror(errno)));
    }
    const Timer timer;
    const pid_t child = fork();
    if (child < 0) {
        throw std::runtime_error(fmt::format("{}: cannot be started: {}",
                                             command.program.string(),
                                             std::strerror(errno)));
    }
    if (child == 0) become(command, pipe_ends[1]);
    setpgid(child, child);
    if (command.capture) close(pipe_ends[1]);

    Outcome outcome;
    bool reading = command.capture;
    constexpr int look_every = 5;  // milliseconds
    const bool is_limited = command.timeout || command.stop != nullptr ||
                            command.memory_limit || command.output_limit;
    double memory_looked_at = 0.0;
    int status = 0;
    rusage usage = {};
    while (true) {
        if (reading) {
            reading = read_some(pipe_ends[0], outcome.output, look_every);
        } else if (is_limited) {
            usleep(look_every * 1000);
        }
        const bool may_wait = !reading && !is_limited;
        const pid_t ended =
            wait4(child, &status, may_wait ? 0 : WNOHANG, &usage);
        if (ended == child || (ended < 0 && errno != EINTR)) break;
        if (passes_limit(command, timer.seconds(), memory_looked_at, outcome)) {
            end_group(child, command.grace);
            wait4(child, &status, 0, &usage);
            break;
        }
    }
    outcome.seconds = timer.seconds();
    kill(-child, SIGKILL);  // what it has left running
    if (command.capture) {
        // The program is gone; what it wrote may still be in the pipe.
        pollfd left = {pipe_ends[0], POLLIN, 0};
        while (poll(&left, 1, 0) > 0 &&
               read_some(pipe_ends[0], outcome.output, 0)) {
        }
        close(pipe_ends[0]);
    }
    outcome.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.peak_memory = peak_memory_of(usage);
    outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return outcome;
}

std::string last_complaint(const std::string& output) {
    std::istringstream lines(output);
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        const auto says = [&line](const char* text) {
            return line.find(text) != std::string::npos;
        };
        if (says(": ") && !says("linker command failed") && !says("collect2")) {
            last = line;
        }
    }
    return last;
}

std::vector<RunningProcess> running_processes() {
    namespace fs = std::filesystem;
    std::vector<RunningProcess> processes;
    std::error_code gone;  // processes end while we look
    for (const auto& entry : fs::directory_iterator("/proc", gone)) {
        const std::string name = entry.path().filename();
        if (std::isdigit(static_cast<unsigned char>(name[0])) == 0) continue;
        std::ifstream file(entry.path() / "stat");
        std::string stat;
        std::getline(file, stat);
        const std::size_t name_end = stat.rfind(')');
        if (name_end == std::string::npos) continue;
        RunningProcess process = {.id = std::stoi(name)};
        // state ppid pgrp, 18 more fields, then the pages that are resident
        std::istringstream fields(stat.substr(name_end + 1));
        std::string skipped;
        fields >> skipped >> process.parent >> process.group;
        constexpr int fields_between = 18;
        for (int i = 0; i < fields_between; ++i) fields >> skipped;
        fields >> process.memory;
        process.memory *= sysconf(_SC_PAGESIZE);
        processes.push_back(process);
    }
    return processes;
}
