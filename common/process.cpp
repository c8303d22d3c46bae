#include "common/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "common/timer.hpp"

namespace {

constexpr int cannot_start = 127;

/// In the child: becomes the program.
[[noreturn]] void become(const Command& command, int output) {
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // ends when we end
#endif
    if (output >= 0) {
        dup2(output, STDOUT_FILENO);
        dup2(output, STDERR_FILENO);
    }
    for (const auto& [name, value] : command.environment) {
        setenv(name.c_str(), value.c_str(), 1);
    }
    std::vector<char*> arguments;
    arguments.push_back(const_cast<char*>(command.program.c_str()));
    for (const std::string& argument : command.arguments) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    const std::string message =
        fmt::format("{}: cannot be started: {}\n", command.program.string(),
                    std::strerror(errno));
    [[maybe_unused]] const auto written =
        write(STDERR_FILENO, message.data(), message.size());
    _exit(cannot_start);
}

/// Ends a process and all that it started: politely, so that it can remove its
/// temporary files, and a moment later for certain.
void end_group(pid_t leader) {
    constexpr int moment = 100'000;  // microseconds
    kill(-leader, SIGTERM);
    usleep(moment);
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

}  // namespace

std::string Outcome::how_it_ended() const {
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
    if (command.capture && pipe2(pipe_ends.data(), O_CLOEXEC) != 0) {
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
    int status = 0;
    while (true) {
        if (reading) {
            reading = read_some(pipe_ends[0], outcome.output, look_every);
        } else if (command.timeout || command.stop != nullptr) {
            usleep(look_every * 1000);
        }
        const bool may_wait =
            !reading && !command.timeout && command.stop == nullptr;
        const pid_t ended = waitpid(child, &status, may_wait ? 0 : WNOHANG);
        if (ended == child || (ended < 0 && errno != EINTR)) break;
        outcome.timed_out =
            command.timeout && timer.seconds() > *command.timeout;
        outcome.stopped = command.stop != nullptr && *command.stop;
        if (outcome.timed_out || outcome.stopped) {
            end_group(child);
            waitpid(child, &status, 0);
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
    outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return outcome;
}
