#include "common/programs/process.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
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
#include <thread>
#include <utility>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __APPLE__
extern char** environ;
#endif

#include "common/programs/lesson_programs.hpp"
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
/// Two connected descriptors, closed in the end; -1 where there is none.
struct Ends {
    int ours = -1;
    int theirs = -1;

    Ends() = default;
    Ends(const Ends&) = delete;
    Ends& operator=(const Ends&) = delete;
    ~Ends() {
        close_theirs();
        if (ours >= 0) close(ours);
    }
    void close_theirs() {
        if (theirs >= 0) close(std::exchange(theirs, -1));
    }
};

/// In the child: becomes the program.
[[noreturn]] void become(const Command& command, int output, int channel,
                         int failure) {
    constexpr int channel_of_program = 3;
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
    if (channel == channel_of_program) {
        fcntl(channel, F_SETFD, 0);
    } else if (channel >= 0) {
        dup2(channel, channel_of_program);
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
    [[maybe_unused]] const auto told = write(failure, "x", 1);
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

/// A stream of a program that is read, and where to.
struct Stream {
    int input = -1;  ///< -1: it is over, or there is none
    std::string* text = nullptr;
};

/// Waits for a while until there is something to read, and reads some of it.
/// @returns whether there was.
bool read_some(std::array<Stream, 2>& streams, int milliseconds) {
    std::array<pollfd, 2> waiting = {};
    for (std::size_t i = 0; i < streams.size(); ++i) {
        waiting.at(i) = {streams.at(i).input, POLLIN, 0};
    }
    if (poll(waiting.data(), waiting.size(), milliseconds) <= 0) return false;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        if (waiting.at(i).revents == 0) continue;
        std::array<char, 4096> buffer = {};
        const ssize_t size =
            read(streams.at(i).input, buffer.data(), buffer.size());
        if (size > 0) {
            streams.at(i).text->append(buffer.data(),
                                       static_cast<std::size_t>(size));
        } else {
            streams.at(i).input = -1;
        }
    }
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

/// How long the threads of all descendants have run, and how long they have
/// waited for a processor (Linux: Documentation/scheduler/sched-stats.rst).
class ProcessorTime {
 public:
    /// Adds what is new since the last look; threads come and go.
    void look() {
        namespace fs = std::filesystem;
        for (const RunningProcess& process : descendants()) {
            std::error_code gone;
            for (const auto& thread : fs::directory_iterator(
                     fmt::format("/proc/{}/task", process.id), gone)) {
                std::ifstream file(thread.path() / "schedstat");
                std::array<double, 2> now = {};
                file >> now[0] >> now[1];
                if (!file) continue;
                std::array<double, 2>& before = seen_[thread.path().filename()];
                for (std::size_t i = 0; i < now.size(); ++i) {
                    sum_.at(i) += now.at(i) - before.at(i);
                }
                before = now;
            }
        }
    }

    [[nodiscard]] double had() const { return sum_[0] * nanosecond; }
    [[nodiscard]] double waited() const { return sum_[1] * nanosecond; }

 private:
    static constexpr double nanosecond = 1e-9;
    std::map<std::string, std::array<double, 2>> seen_;
    std::array<double, 2> sum_ = {};
};

/// What is noted of a running process while one looks at it now and then.
struct Observed {
    double at = 0.0;  ///< when that was last, in seconds
    ProcessorTime time;
};

/// Whether a running process has had its time.
bool time_is_over(const Command& command, double seconds, Observed& observed,
                  Outcome& outcome) {
    constexpr double at_most = 4.0;  // times as long
    if (!command.timeout) return false;
    if (command.patient) observed.time.look();
    if (seconds <= *command.timeout) return false;
    if (!command.patient) return true;
    const double lost =
        seconds_lost(seconds, observed.time.had(), observed.time.waited(),
                     static_cast<int>(std::thread::hardware_concurrency()));
    outcome.starved = seconds - lost <= *command.timeout;
    return !outcome.starved || seconds > at_most * *command.timeout;
}

/// Notes which limit a running process has passed. @returns whether one.
/// Its memory and its time are looked at 20 times a second: that takes time.
bool passes_limit(const Command& command, double seconds, Observed& observed,
                  Outcome& outcome) {
    constexpr double look_every = 0.05;
    outcome.stopped = command.stop != nullptr && *command.stop;
    outcome.too_much_output =
        command.output_limit &&
        std::max(outcome.output.size(), outcome.answer.size()) >
            *command.output_limit;
    if (seconds >= observed.at + look_every) {
        observed.at = seconds;
        outcome.timed_out = time_is_over(command, seconds, observed, outcome);
        outcome.too_much_memory =
            command.memory_limit &&
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
    return ::how_it_ended(exit_status, signal);
}

Outcome run_process(const Command& command) {
    const auto failed = [&command](const char* what) {
        return std::runtime_error(fmt::format("{}: {}: {}",
                                              command.program.string(), what,
                                              std::strerror(errno)));
    };
    Ends output;
    Ends channel;
    if (command.capture) {
        std::array<int, 2> ends = {};
        if (!make_pipe(ends)) throw failed("no pipe");
        output.ours = ends[0];
        output.theirs = ends[1];
    }
    if (command.message) {
        std::array<int, 2> ends = {};
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) {
            throw failed("no socket");
        }
        for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
        channel.ours = ends[0];
        channel.theirs = ends[1];
        const std::string& text = *command.message;
        if (write(channel.ours, text.data(), text.size()) != std::ssize(text)) {
            throw failed("cannot be told anything");
        }
    }
    // Is closed when it becomes the program; before, something may be written.
    Ends failure;
    std::array<int, 2> ends = {};
    if (!make_pipe(ends)) throw failed("no pipe");
    failure.ours = ends[0];
    failure.theirs = ends[1];
    const Timer timer;
    const pid_t child = fork();
    if (child < 0) throw failed("cannot be started");
    if (child == 0) {
        become(command, output.theirs, channel.theirs, failure.theirs);
    }
    setpgid(child, child);
    output.close_theirs();
    channel.close_theirs();
    failure.close_theirs();

    Outcome outcome;
    std::array<Stream, 2> streams = {
        {{output.ours, &outcome.output}, {channel.ours, &outcome.answer}}};
    constexpr int look_every = 5;  // milliseconds
    const bool is_limited = command.timeout || command.stop != nullptr ||
                            command.memory_limit || command.output_limit;
    Observed observed;
    int status = 0;
    rusage usage = {};
    while (true) {
        const bool reading = streams[0].input >= 0 || streams[1].input >= 0;
        if (reading) {
            read_some(streams, look_every);
        } else if (is_limited) {
            usleep(look_every * 1000);
        }
        const bool may_wait = !reading && !is_limited;
        const pid_t ended =
            wait4(child, &status, may_wait ? 0 : WNOHANG, &usage);
        if (ended == child || (ended < 0 && errno != EINTR)) break;
        if (passes_limit(command, timer.seconds(), observed, outcome)) {
            end_group(child, command.grace);
            wait4(child, &status, 0, &usage);
            break;
        }
    }
    outcome.seconds = timer.seconds();
    kill(-child, SIGKILL);  // what it has left running
    char mark = 0;
    outcome.started = read(failure.ours, &mark, 1) <= 0;
    // The program is gone; what it wrote may still be on its way.
    constexpr int at_most = 1000;  // reads: somebody else may go on writing
    for (int i = 0; i < at_most && read_some(streams, 0); ++i) {
    }
    outcome.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.peak_memory = peak_memory_of(usage);
    outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return outcome;
}

double seconds_lost(double seconds, double had, double waited, int processors) {
    const double wanted = std::min(seconds * processors, had + waited);
    const double at_once = std::max(1.0, wanted / seconds);
    return std::max(0.0, wanted - had) / at_once;
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

std::int64_t memory_kills(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string name;
    for (std::int64_t value = 0; in >> name >> value;) {
        if (name == "oom_kill") return value;
    }
    return 0;
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
