#include "common/output_file.hpp"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "common/ending.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

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

/// A hidden name beside the target, which is clipped to leave the new name
/// within the 255 bytes that file systems allow.
fs::path temporary_name(const fs::path& target) {
    const std::string name = target.filename().string().substr(0, 240);
    const unsigned suffix = std::random_device{}() & 0xffffffU;
    return target.parent_path() / fmt::format(".{}.{:06x}", name, suffix);
}

}  // namespace

OutputFile::OutputFile(const fs::path& target)
    : name_(target), target_(target) {
    std::signal(SIGXFSZ, SIG_IGN);  // a file too large is an error as others
    std::error_code error;
    const fs::file_status old = fs::status(target, error);
    if (error.value() == ELOOP) throw cannot_write(target, ELOOP);
    if (fs::is_directory(old) || !target.has_filename()) {
        throw std::runtime_error(
            fmt::format("{}: is a folder: name a file in it", target.string()));
    }
    // /proc is where /dev/stdout leads, and its links are no file names.
    const auto is_proc = [this] {
        return target_.string().starts_with("/proc/");
    };
    while (fs::is_symlink(target_, error) && !is_proc()) {
        target_ = target_.parent_path() / fs::read_symlink(target_);
    }
    if (is_proc() || (fs::exists(old) && !fs::is_regular_file(old))) {
        // Appending leaves what stands before in a file that is our stdout.
        stream_ = std::fopen(target.c_str(), "abe");
        if (stream_ == nullptr) throw cannot_write(name_, errno);
        return;
    }
    if (fs::is_regular_file(old) && access(target.c_str(), W_OK) != 0) {
        throw std::runtime_error(
            fmt::format("{}: is write-protected: name another file, or {}",
                        target.string(), permission_advice(target, 'w')));
    }
    const EndingStep step;
    do {
        temporary_ = temporary_name(target_);
        stream_ = std::fopen(temporary_.c_str(), "wbxe");  // x: a new file
    } while (stream_ == nullptr && errno == EEXIST);
    if (stream_ == nullptr) throw cannot_write(name_, errno);
    remove_at_end(temporary_, step);
    if (fs::is_regular_file(old)) {
        fs::permissions(temporary_, old.permissions() & fs::perms::all, error);
    }
}

OutputFile::~OutputFile() {
    if (stream_ != nullptr) std::fclose(stream_);
    if (temporary_.empty()) return;
    const EndingStep step;
    unlink(temporary_.c_str());
    forget(temporary_, step);
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
    const EndingStep step;
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0) {
        throw cannot_write(name_, errno);
    }
    forget(temporary_, step);
    temporary_.clear();
}

namespace {

/// The same for all names of a file, whether it is there or not; empty for what
/// is no file.
std::string identity_of(const fs::path& file) {
    struct stat found = {};
    if (file.empty()) return "";
    if (stat(file.c_str(), &found) != 0) {
        std::error_code ignored;
        return fs::weakly_canonical(fs::absolute(file), ignored).string();
    }
    if (!S_ISREG(found.st_mode)) return "";
    return fmt::format("{}:{}", found.st_dev, found.st_ino);
}

}  // namespace

void require_separate(const std::vector<fs::path>& read,
                      const std::vector<fs::path>& written) {
    struct Use {
        fs::path file;
        std::string_view what;
    };
    std::map<std::string, Use> uses = {{"", {}}};
    for (const fs::path& file : read) {
        uses.insert({identity_of(file), {file, "read"}});
    }
    for (const fs::path& file : written) {
        const std::string identity = identity_of(file);
        const auto [use, is_new] = uses.insert({identity, {file, "written"}});
        if (is_new || identity.empty()) continue;
        throw WrongUse(fmt::format(
            "{}: would be written, and {}, the same file, is to be {}: name "
            "another one",
            file.string(), use->second.file.string(), use->second.what));
    }
}

std::string permission_advice(const fs::path& file, char letter) {
    fs::path locked = file;
    fs::path folder;
    for (const fs::path& part : file.parent_path()) {
        folder /= part;
        if (access(folder.c_str(), X_OK) == 0) continue;
        locked = folder;
        letter = 'x';
        break;
    }
    struct stat found = {};
    if (stat(locked.c_str(), &found) == 0 && found.st_uid == geteuid()) {
        return fmt::format("allow it with chmod u+{} {}", letter,
                           shell_word(locked.string()));
    }
    return fmt::format("ask the owner of {}", locked.string());
}

void write_file(const std::filesystem::path& file, std::string_view text) {
    OutputFile out(file);
    out.write(text);
    out.commit();
}
