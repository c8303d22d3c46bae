#include "common/output_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <random>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace fs = std::filesystem;

namespace {

// The list of temporary files that Ctrl-C has to remove. A signal handler may
// neither lock nor allocate, and threads open and close files while it runs:
// hence a table of fixed size, and an atomic state that says whose a line is.

enum class State { empty, busy, listed };

struct Line {
    std::atomic<State> state = State::empty;
    std::array<char, PATH_MAX> path = {};

    bool change(State from, State to) {
        return state.compare_exchange_strong(from, to);
    }
};

static_assert(std::atomic<State>::is_always_lock_free);
constinit std::array<Line, 64> lines;

/// Removes what is listed, then lets the signal do what it does by default.
extern "C" void remove_listed_files(int signal) {
    for (Line& line : lines) {
        // The line stays busy: no thread writes over a path being removed.
        if (line.change(State::listed, State::busy)) unlink(line.path.data());
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);  // delivered when we return
}

/// True, so that a static variable can have it done once.
bool handle_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action = {};
        sigaction(signal, nullptr, &action);
        if (action.sa_handler != SIG_DFL) continue;  // the program's, or nohup
        action.sa_handler = remove_listed_files;
        sigaction(signal, &action, nullptr);
    }
    return true;
}

/// The line of the list that holds the path now; -1 where the list is full:
/// such a file is written as well, only Ctrl-C leaves it behind.
int add_to_list(const std::string& path) {
    [[maybe_unused]] static const bool handled = handle_signals();
    if (path.size() >= PATH_MAX) return -1;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!lines[i].change(State::empty, State::busy)) continue;
        *std::copy(path.begin(), path.end(), lines[i].path.begin()) = '\0';
        lines[i].state = State::listed;
        return static_cast<int>(i);
    }
    return -1;
}

void remove_from_list(int line) {
    if (line < 0) return;
    lines[static_cast<std::size_t>(line)].change(State::listed, State::empty);
}

const char* what_to_do(int error_number) {
    switch (error_number) {
        case ENOENT:
        case ENOTDIR:
            return "make the folder or name another one";
        case ENOSPC:
        case EDQUOT:
            return "make room on the disk or name a file on another one";
        case EACCES:
        case EPERM:
        case EROFS:
            return "name a file in a folder that you may write to";
        default:
            return "name another file";
    }
}

std::runtime_error cannot_write(const fs::path& file, int error_number) {
    return std::runtime_error(
        fmt::format("{}: cannot be written: {}: {}", file.string(),
                    std::generic_category().message(error_number),
                    what_to_do(error_number)));
}

/// The file that a chain of symbolic links ends at, whether it exists or not;
/// /proc is where /dev/stdout leads, and what its links say is no file name.
fs::path follow_links(const fs::path& target) {
    const int most_links = 40;  // as the Linux kernel has it
    fs::path file = target;
    std::error_code ignored;
    for (int links = 0; fs::is_symlink(file, ignored); ++links) {
        if (links == most_links) throw cannot_write(target, ELOOP);
        if (file.string().starts_with("/proc/")) break;
        file = file.parent_path() / fs::read_symlink(file);
    }
    return file;
}

/// A hidden name beside the target, which is clipped to leave the new name
/// within the 255 bytes that file systems allow.
fs::path temporary_name(const fs::path& target) {
    const std::string name = target.filename().string().substr(0, 240);
    const unsigned suffix = std::random_device{}() & 0xffffffU;
    return target.parent_path() / fmt::format(".{}.{:06x}", name, suffix);
}

}  // namespace

OutputFile::OutputFile(const fs::path& target) : name_(target) {
    std::error_code ignored;
    const fs::file_status old = fs::status(target, ignored);
    if (fs::is_directory(old) || !target.has_filename()) {
        throw std::runtime_error(
            fmt::format("{}: is a folder: name a file in it", target.string()));
    }
    target_ = follow_links(target);
    const bool is_proc = target_.string().starts_with("/proc/");
    if (is_proc || (fs::exists(old) && !fs::is_regular_file(old))) {
        // Appending leaves what stands before in a file that is our stdout.
        stream_ = std::fopen(target.c_str(), "abe");
        if (stream_ == nullptr) throw cannot_write(name_, errno);
        return;
    }
    if (fs::is_regular_file(old) && access(target.c_str(), W_OK) != 0) {
        throw std::runtime_error(fmt::format(
            "{}: is write-protected: name another file, or allow writing with "
            "chmod u+w",
            target.string()));
    }
    open_temporary();
    if (fs::is_regular_file(old)) {
        fs::permissions(temporary_, old.permissions() & fs::perms::all,
                        ignored);
    }
}

void OutputFile::open_temporary() {
    int error_number = EEXIST;
    while (stream_ == nullptr && error_number == EEXIST) {
        temporary_ = temporary_name(target_);
        listed_ = add_to_list(temporary_.string());
        stream_ = std::fopen(temporary_.c_str(), "wbxe");  // x: only if new
        error_number = errno;
        if (stream_ == nullptr) remove_from_list(listed_);
    }
    if (stream_ == nullptr) throw cannot_write(name_, error_number);
}

OutputFile::~OutputFile() {
    if (stream_ != nullptr) std::fclose(stream_);
    if (temporary_.empty()) return;
    unlink(temporary_.c_str());
    remove_from_list(listed_);
}

void OutputFile::write(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stream_) != bytes.size()) {
        throw cannot_write(name_, errno);
    }
}

void OutputFile::commit() {
    const bool failed_earlier = std::ferror(stream_) != 0;
    errno = EIO;  // what is said when it did, as its own number is gone
    if (std::fclose(std::exchange(stream_, nullptr)) != 0 || failed_earlier) {
        throw cannot_write(name_, errno);
    }
    if (temporary_.empty()) return;
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0) {
        throw cannot_write(name_, errno);
    }
    remove_from_list(listed_);
    temporary_.clear();
}
