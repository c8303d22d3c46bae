#include "tests/grade/submission.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;

/// Whether the path, or a folder on the way to it from `root`, is a link.
bool leads_elsewhere(const fs::path& root, const fs::path& relative) {
    fs::path path = root;
    for (const fs::path& part : relative) {
        path /= part;
        if (fs::is_symlink(fs::symlink_status(path))) return true;
    }
    return false;
}

/// Why a file is not taken; empty when it is.
std::string objection(const fs::path& root, const fs::path& relative) {
    constexpr std::uintmax_t at_most = 256 * 1024;
    const fs::path file = root / relative;
    if (leads_elsewhere(root, relative)) {
        return fmt::format("{} is a symbolic link: hand in the file itself",
                           relative.string());
    }
    if (!fs::is_regular_file(file)) {
        return fmt::format("{} is no file", relative.string());
    }
    if (fs::file_size(file) > at_most) {
        return fmt::format("{} is larger than {} KiB", relative.string(),
                           at_most / 1024);
    }
    return {};
}

}  // namespace

Submission take_exercises(const fs::path& submission,
                          const std::vector<std::string>& lessons,
                          const std::string& name, const fs::path& folder) {
    if (!fs::is_directory(submission)) {
        throw std::runtime_error(
            fmt::format("{}: no such folder: a submission is a folder with "
                        "lessons/NN_name/exercise.cpp in it",
                        submission.string()));
    }
    Submission taken;
    uLong checksum = crc32(0, nullptr, 0);
    for (const std::string& lesson : lessons) {
        fs::path relative = fs::path("lessons") / lesson / name;
        std::error_code none;
        if (!fs::exists(fs::symlink_status(submission / relative, none))) {
            relative = fs::path(lesson) / name;
        }
        if (!fs::exists(fs::symlink_status(submission / relative, none))) {
            taken.missing[lesson] =
                fmt::format("lessons/{}/{} was not handed in", lesson, name);
            continue;
        }
        const std::string why_not = objection(submission, relative);
        if (!why_not.empty()) {
            taken.missing[lesson] = why_not;
            continue;
        }
        std::ifstream in(submission / relative, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const fs::path copy = folder / lesson / "exercise.cpp";
        fs::create_directories(copy.parent_path());
        std::ofstream(copy, std::ios::binary) << text;
        taken.exercises[lesson] = copy;
        const std::string part =
            fmt::format("{}:{}:{}", lesson, text.size(), text);
        checksum = crc32(checksum, reinterpret_cast<const Bytef*>(part.data()),
                         static_cast<uInt>(part.size()));
    }
    taken.digest = fmt::format("{:08x}", checksum);
    return taken;
}
