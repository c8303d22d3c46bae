#include "tests/grade/place.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <stdexcept>
#include <system_error>

#include "common/programs/process.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

/// Whether every user may enter the folder and all that it is in.
bool can_be_entered_by_all(const fs::path& folder) {
    for (fs::path path = fs::canonical(folder);; path = path.parent_path()) {
        const fs::perms allowed = fs::status(path).permissions();
        if ((allowed & fs::perms::others_exec) == fs::perms::none) return false;
        if (path == path.root_path()) return true;
    }
}

}  // namespace

std::string objection_to(const fs::path& folder, std::uintmax_t bytes) {
    std::error_code none;
    if (!fs::is_directory(folder, none)) return "there is no such folder";
    if (access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
        return "it cannot be written to";
    }
    struct statvfs about = {};
    if (statvfs(folder.c_str(), &about) != 0) return "it cannot be read";
    if ((about.f_flag & ST_NOEXEC) != 0) {
        return "programs cannot be run in it (it is mounted noexec)";
    }
    const std::uintmax_t left =
        static_cast<std::uintmax_t>(about.f_bavail) * about.f_frsize;
    if (left < bytes) {
        return fmt::format("{} MiB are left in it, and {} are needed",
                           left >> 20, bytes >> 20);
    }
    if (geteuid() == 0 && !can_be_entered_by_all(folder)) {
        return "other users cannot enter it (exercises are run as one)";
    }
    return {};
}

fs::path find_place(const std::vector<fs::path>& folders, std::uintmax_t bytes,
                    std::vector<std::string>& rejected) {
    for (const fs::path& folder : folders) {
        const std::string why = objection_to(folder, bytes);
        if (why.empty()) return fs::absolute(folder);
        rejected.push_back(fmt::format("{}: {}", folder.string(), why));
    }
    throw std::runtime_error(fmt::format(
        "no folder to grade in: set TMPDIR to one that will do ({})",
        fmt::join(rejected, "; ")));
}

void remove_tree(const fs::path& folder) {
    // Of 3,000 nested folders std::filesystem would open all at once.
    run_process({.program = "rm", .arguments = {"-rf", "--", folder.string()}});
}
