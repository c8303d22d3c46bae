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

std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Why a text is no C++; empty when it may be.
std::string objection_to_text(const std::string& text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return "is saved as UTF-16: save it as UTF-8";
    }
    if (text.find('\0') != std::string::npos) {
        return "is no text file: save it as UTF-8";
    }
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        return "is empty";
    }
    return {};
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
    const std::string why = objection_to_text(read_file(file));
    return why.empty() ? why : fmt::format("{} {}", relative.string(), why);
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
            taken.missing[lesson] = fmt::format(
                "lessons/{0}/{1} is missing (`make reset-{2} FILE={1}` brings "
                "back the one to start from)",
                lesson, name, lesson.substr(0, 2));
            continue;
        }
        const std::string why_not = objection(submission, relative);
        if (!why_not.empty()) {
            taken.missing[lesson] = why_not;
            continue;
        }
        const std::string text = read_file(submission / relative);
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
