// Errors for tests.

#pragma once

#include <fmt/core.h>
#include <unistd.h>

#include <exception>
#include <functional>
#include <string>

/// What the action throws, in words.
inline std::string message_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "nothing was thrown";
}

/// Says on stderr what the action throws, and ends this process. Root may read
/// everything: so as root we become nobody first.
[[noreturn]] inline void try_as_nobody(const std::function<void()>& action) {
    constexpr unsigned nobody = 65534;
    if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0)) {
        _exit(2);
    }
    fmt::print(stderr, "{}\n", message_of(action));
    _exit(0);
}
