// A program that nobody trusts, run within limits.

#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "common/programs/process.hpp"

/// What a program may do.
struct Limits {
    double seconds = 10.0;
    std::int64_t memory = std::int64_t{2} << 30;  ///< bytes, all processes
    /// Bytes of address space of one process; none for programs under the race
    /// detector, which reserve terabytes and use little of it.
    std::optional<std::int64_t> address_space = {};
    std::size_t output = std::size_t{1} << 20;   ///< bytes printed
    std::int64_t file = std::int64_t{64} << 20;  ///< bytes a file
};

/// A program to run within limits.
struct ConfinedCommand {
    std::filesystem::path program;
    std::vector<std::string> arguments = {};
    std::vector<std::pair<std::string, std::string>> environment = {};
    Limits limits = {};
    /// The folder that it starts in and may write to; it has to exist.
    std::filesystem::path folder;
    /// Run it in a sandbox (bubblewrap): without a network, with processes of
    /// its own, and with no files but the system's programs and libraries,
    /// `readable`, `folder` and an empty /tmp.
    bool sandbox = false;
    /// A file in `folder`, which has to exist: in a sandbox nothing but this
    /// outlives the program, whose folder is empty at first, in memory, and
    /// 64 MiB at most. Empty: all that it writes to `folder` outlives it.
    std::filesystem::path report = {};
    std::vector<std::filesystem::path> readable = {};
    std::optional<std::string> message = {};  ///< see Command
    const std::atomic<bool>* stop = nullptr;
};

/// A program could not be run, by no fault of its own.
struct CannotRun : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Runs the program and waits for its end. It is in a process group of its own
/// with a clean environment, dumps no core and gains no privileges. When we are
/// root it runs as a user that exists nowhere else and may write only to
/// `folder`, which is ours again afterwards. Nothing that it has started
/// outlives it. docs/grading.md says what this does not protect from.
/// @throws CannotRun when it cannot be started, or the sandbox not be set up.
Outcome run_confined(const ConfinedCommand& command);

/// Why programs such as these compilers cannot be run in a sandbox here; empty
/// where they can.
/// @param readable what they need beside the system's own folders.
std::string objection_to_sandbox(
    const std::vector<std::string>& programs,
    const std::vector<std::filesystem::path>& readable);
