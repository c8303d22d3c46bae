#include "tests/grade/confine.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

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

/// Gives a folder and what is in it to a user; links are not followed.
void give_to(const fs::path& folder, uid_t user) {
    const auto give = [user](const fs::path& path) {
        if (lchown(path.c_str(), user, user) != 0) {
            throw std::runtime_error(
                fmt::format("{}: cannot change its owner", path.string()));
        }
    };
    give(folder);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
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

/// In the new process: limits it for good.
void confine(const ConfinedCommand& command, uid_t user) {
    constexpr int processes = 512;  // and threads, of this user
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
        limit(RLIMIT_NPROC, processes);
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

}  // namespace

Outcome run_confined(const ConfinedCommand& command) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const uid_t user = free_user();
    if (user != 0) give_to(command.folder, user);

    Command confined;
    confined.program = command.program;
    confined.arguments = command.arguments;
    confined.environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                            {"HOME", command.folder.string()},
                            {"TMPDIR", command.folder.string()},
                            {"LC_ALL", "C.UTF-8"}};
    confined.environment.insert(confined.environment.end(),
                                command.environment.begin(),
                                command.environment.end());
    confined.clean_environment = true;
    confined.prepare = [&command, user] { confine(command, user); };
    confined.timeout = command.limits.seconds;
    confined.memory_limit = command.limits.memory;
    confined.output_limit = command.limits.output;
    confined.stop = command.stop;
    Outcome outcome = run_process(confined);

    if (user != 0) {
        end_all_of(user);
        give_to(command.folder, 0);
    }
    end_orphans();
    return outcome;
}
