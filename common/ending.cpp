#include "common/ending.hpp"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <vector>

namespace fs = std::filesystem;

namespace {

// What a signal's handler may do is little: this lock is an atomic flag, as
// those alone are sure to be safe there.
struct Temporary {
    fs::path path;
    pid_t owner;  // a process that this one has forked is not
};
std::vector<Temporary> temporary;
std::atomic_flag is_step_taken;

void wait_for_turn() {
    while (is_step_taken.test_and_set()) sched_yield();
}

/// Removes a folder. A handler may not do that itself, but may start `rm`.
void remove_folder(const char* folder) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    const pid_t child = _Fork();  // fork() could wait for a lock that we hold
#else
    const pid_t child = fork();
#endif
    if (child == 0) {
        execl("/bin/rm", "rm", "-rf", "--", folder, nullptr);
        _exit(1);
    }
    if (child > 0) waitpid(child, nullptr, 0);
}

/// Removes what is listed, then lets the signal do what it does by default. It
/// is nobody's turn any more: no thread makes a file that would be left behind.
extern "C" void remove_temporary(int signal) {
    wait_for_turn();
    for (const auto& [path, owner] : temporary) {
        if (owner != getpid()) continue;
        if (unlink(path.c_str()) == 0 || errno == ENOENT) continue;
        remove_folder(path.c_str());
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);  // delivered when we return
}

void handle_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action = {};
        sigaction(signal, nullptr, &action);
        if (action.sa_handler != SIG_DFL) continue;  // the program's, or nohup
        action.sa_handler = remove_temporary;
        sigfillset(&action.sa_mask);
        sigaction(signal, &action, nullptr);
    }
}

}  // namespace

EndingStep::EndingStep() {
    sigset_t all = {};
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &mask_before_);
    wait_for_turn();
    handle_signals();
}

EndingStep::~EndingStep() {
    is_step_taken.clear();
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

void remove_at_end(const fs::path& path, const EndingStep& /*step*/) {
    temporary.push_back({path, getpid()});
}

void forget(const fs::path& path, const EndingStep& /*step*/) {
    std::erase_if(temporary,
                  [&path](const Temporary& one) { return one.path == path; });
}
