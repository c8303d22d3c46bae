// Memory that an action takes, for tests.

#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <functional>
#include <string>

#include "tests/support/errors.hpp"
#include "tests/support/files.hpp"

/// Whether peak_of() can be told from what a sanitizer takes for itself.
inline bool can_measure_memory() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return false;
#endif
#endif
    return std::filesystem::exists("/proc/self/status");
}

/// Kilobytes by which the action raises this program's peak of memory, whether
/// it throws or not; -1 where it crashes. A child process does it: what others
/// have freed before is no room for it.
inline long peak_of(const std::function<void()>& action) {
    const auto peak = [] {
        const std::string status = read_text("/proc/self/status");
        return std::stol(status.substr(status.find("VmHWM:") + 6));
    };
    std::array<int, 2> ends = {};
    if (pipe(ends.data()) != 0) return -1;
    const pid_t child = fork();
    if (child == 0) {
        const long before = peak();
        (void)message_of(action);
        const long kilobytes = peak() - before;
        _exit(write(ends[1], &kilobytes, sizeof kilobytes) > 0 ? 0 : 1);
    }
    close(ends[1]);
    long kilobytes = -1;
    if (read(ends[0], &kilobytes, sizeof kilobytes) <= 0) kilobytes = -1;
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return kilobytes;
}
