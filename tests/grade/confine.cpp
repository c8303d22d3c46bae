#include "tests/grade/confine.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <grp.h>
#include <pwd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <stdexcept>

#include "common/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;

/// A user number that no account of this machine has; 0 when we are not root.
/// Different for every process of ours that runs at the same time.
uid_t free_user() {
    if (geteuid() != 0) return 0;
    constexpr uid_t first = 20'000;
    constexpr uid_t count = 40'000;  // below 65536, for containers
    const auto start = static_cast<uid_t>(getpid()) % count;
    for (uid_t i = 0; i < count; ++i) {
        const uid_t user = first + (start + i) % count;
        if (getpwuid(user) == nullptr) return user;
    }
    throw std::runtime_error("no user number is free to run a program as");
}

/// Gives a folder and what is directly in it to a user; links are not followed.
void give_to(const fs::path& folder, uid_t user) {
    const auto give = [user](const fs::path& path) {
        if (lchown(path.c_str(), user, user) != 0) {
            throw std::runtime_error(
                fmt::format("{}: cannot change its owner", path.string()));
        }
    };
    give(folder);
    for (const auto& entry : fs::directory_iterator(folder)) {
        give(entry.path());
    }
}

void limit(decltype(RLIMIT_CORE) resource, std::int64_t value) {
    const rlimit both = {static_cast<rlim_t>(value),
                         static_cast<rlim_t>(value)};
    if (setrlimit(resource, &both) != 0) {
        throw std::runtime_error(
            fmt::format("a limit cannot be set: {}", std::strerror(errno)));
    }
}

constexpr int processes = 512;  // and threads, at a time

/// In the new process: limits it for good.
void confine(const ConfinedCommand& command, uid_t user) {
    constexpr int open_files = 256;
    constexpr int processors_at_most = 256;
    if (chdir(command.folder.c_str()) != 0) {
        throw std::runtime_error("no folder to start in");
    }
    const Limits& limits = command.limits;
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, limits.file);
    limit(RLIMIT_NOFILE, open_files);
    // One that leaves its process group is ended by this in the end.
    limit(RLIMIT_CPU,
          static_cast<std::int64_t>(limits.seconds + 1) * processors_at_most);
    if (limits.address_space) limit(RLIMIT_AS, *limits.address_space);
    if (user != 0) {
        if (!command.sandbox) limit(RLIMIT_NPROC, processes);
        if (setgroups(0, nullptr) != 0 || setgid(user) != 0 ||
            setuid(user) != 0) {
            throw std::runtime_error("cannot become an unprivileged user");
        }
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a change of user has cleared it
}

/// Ends all processes of a user who is nobody else's.
void end_all_of(uid_t user) {
    const pid_t child = fork();
    if (child == 0) {
        if (setgid(user) == 0 && setuid(user) == 0) kill(-1, SIGKILL);
        _exit(0);
    }
    if (child > 0) waitpid(child, nullptr, 0);
}

/// Ends what was left running and came to us when its parent ended.
void end_orphans() {
    for (bool found = true; found;) {
        found = false;
        for (const RunningProcess& process : running_processes()) {
            if (process.parent != getpid()) continue;
            kill(process.id, SIGKILL);
            found = waitpid(process.id, nullptr, 0) == process.id;
        }
    }
}

/// A file that bubblewrap tells what became of the program in: its own failure
/// must not be taken for the program's.
class SandboxStatus {
 public:
    // In memory: there may be no place for files.
    SandboxStatus() : file_(fdopen(memfd_create("status", MFD_CLOEXEC), "r+")) {
        if (file_ == nullptr) throw std::runtime_error("no temporary file");
        handle_ = fcntl(fileno(file_), F_DUPFD, first_handle);
    }
    SandboxStatus(const SandboxStatus&) = delete;
    SandboxStatus& operator=(const SandboxStatus&) = delete;
    ~SandboxStatus() {
        close(handle_);
        std::fclose(file_);
    }

    /// What bubblewrap knows the file by.
    [[nodiscard]] int handle() const { return handle_; }
    [[nodiscard]] bool has_run() const {
        std::rewind(file_);
        std::string text(std::size_t{1} << 10, '\0');
        text.resize(std::fread(text.data(), 1, text.size(), file_));
        return text.find("\"exit-code\"") != std::string::npos;
    }

 private:
    static constexpr int first_handle = 10;  // lower ones may be spoken for
    std::FILE* file_;
    int handle_ = -1;
};

/// The arguments of bubblewrap that run the command in a sandbox.
std::vector<std::string> sandboxed(const ConfinedCommand& command,
                                   const SandboxStatus& status) {
    const std::string megabytes_64 = std::to_string(64 << 20);
    std::vector<std::string> words = {"--unshare-user",
                                      "--unshare-all",
                                      "--disable-userns",
                                      "--new-session",
                                      "--die-with-parent",
                                      "--json-status-fd",
                                      std::to_string(status.handle())};
    const auto add = [&words](std::initializer_list<std::string> more) {
        words.insert(words.end(), more);
    };
    add({"--ro-bind", "/usr", "/usr"});
    for (const char* folder : {"/bin", "/lib", "/lib32", "/lib64", "/sbin"}) {
        if (fs::is_symlink(folder)) {
            add({"--symlink", fs::read_symlink(folder).string(), folder});
        } else {
            add({"--ro-bind-try", folder, folder});
        }
    }
    for (const char* path :
         {"/etc/alternatives", "/etc/ld.so.cache", "/sys/devices/system/cpu"}) {
        add({"--ro-bind-try", path, path});
    }
    add({"--proc", "/proc", "--dev", "/dev"});
    add({"--size", megabytes_64, "--tmpfs", "/dev/shm"});
    add({"--size", megabytes_64, "--tmpfs", "/tmp"});
    for (const fs::path& path : command.readable) {
        add({"--ro-bind", path.string(), path.string()});
    }
    const std::string folder = command.folder.string();
    if (command.report.empty()) {
        add({"--bind", folder, folder});
    } else {
        const std::string report = command.report.string();
        add({"--size", megabytes_64, "--tmpfs", folder});
        add({"--bind", report, report});
    }
    add({"--remount-ro", "/dev", "--remount-ro", "/"});
    add({"--chdir", folder, "--"});
    // Inside, where nobody else's processes count.
    add({"prlimit", fmt::format("--nproc={}", processes)});
    words.push_back(command.program.string());
    words.insert(words.end(), command.arguments.begin(),
                 command.arguments.end());
    return words;
}

/// Bubblewrap exits with 128 + N where the program was ended by signal N.
void tell_signal(Outcome& outcome) {
    constexpr int by_signal = 128;
    if (outcome.exit_status <= by_signal ||
        outcome.exit_status > by_signal + SIGRTMAX) {
        return;
    }
    outcome.signal = outcome.exit_status - by_signal;
    outcome.exit_status = -1;
}

}  // namespace

Outcome run_confined(const ConfinedCommand& command) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const uid_t user = free_user();
    if (user != 0) give_to(command.folder, user);

    const SandboxStatus status;
    Command confined;
    if (command.sandbox) {
        confined.program = "bwrap";
        confined.arguments = sandboxed(command, status);
    } else {
        confined.program = command.program;
        confined.arguments = command.arguments;
    }
    const std::string temporary =
        command.sandbox ? "/tmp" : command.folder.string();
    confined.environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                            {"HOME", command.folder.string()},
                            {"TMPDIR", temporary},
                            {"LC_ALL", "C.UTF-8"}};
    confined.environment.insert(confined.environment.end(),
                                command.environment.begin(),
                                command.environment.end());
    confined.clean_environment = true;
    confined.prepare = [&command, user] { confine(command, user); };
    confined.timeout = command.limits.seconds;
    confined.patient = true;
    confined.message = command.message;
    confined.memory_limit = command.limits.memory;
    confined.output_limit = command.limits.output;
    confined.stop = command.stop;
    const std::int64_t kills = memory_kills();
    Outcome outcome = run_process(confined);
    outcome.system_out_of_memory =
        !outcome.ok() && !outcome.too_much_memory && memory_kills() > kills;

    if (user != 0) {
        end_all_of(user);
        give_to(command.folder, 0);
    }
    end_orphans();
    if (!outcome.started) {
        throw CannotRun(outcome.output.substr(0, outcome.output.find('\n')));
    }
    if (command.sandbox) {
        if (outcome.exit_status > 0 && !status.has_run()) {
            throw CannotRun(fmt::format("the sandbox cannot be set up: {}",
                                        outcome.output));
        }
        tell_signal(outcome);
    }
    return outcome;
}

std::string objection_to_sandbox(const std::vector<std::string>& programs,
                                 const std::vector<fs::path>& readable) {
    const Outcome bwrap =
        run_process({.program = "bwrap", .arguments = {"--version"}});
    constexpr int not_found = 127;
    if (bwrap.exit_status == not_found) {
        return "bubblewrap is not installed (`make deps` installs it)";
    }
    if (!bwrap.ok()) return last_complaint(bwrap.output);
    const TemporaryFolder folder;
    for (const std::string& program : programs) {
        Outcome outcome;
        try {
            outcome = run_confined({.program = program,
                                    .arguments = {"--version"},
                                    .folder = folder.path(),
                                    .sandbox = true,
                                    .readable = readable});
        } catch (const std::runtime_error& error) {
            return last_complaint(error.what());
        }
        if (!outcome.ok()) {
            return fmt::format("{} cannot be run in it: {}", program,
                               last_complaint(outcome.output));
        }
    }
    return {};
}
