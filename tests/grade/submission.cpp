#include "tests/grade/submission.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/grade/confine.hpp"
#include "tests/grade/kit.hpp"
#include "tests/grade/place.hpp"

namespace {

namespace fs = std::filesystem;

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
std::string objection(const fs::path& file, const std::string& name) {
    constexpr std::uintmax_t at_most = 256 * 1024;
    if (fs::is_symlink(fs::symlink_status(file))) {
        return name + " is a symbolic link: hand in the file itself";
    }
    if (!fs::is_regular_file(file)) return name + " is no file";
    if (fs::file_size(file) > at_most) {
        return fmt::format("{} is larger than {} KiB", name, at_most / 1024);
    }
    const std::string why = objection_to_text(read_file(file));
    return why.empty() ? why : fmt::format("{} {}", name, why);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    return text;
}

/// A file of a submission, and how its report calls it.
struct Found {
    fs::path file;
    std::string name;
    bool alone = false;  ///< it is all of the submission, or a part by itself
};

/// All of a submission's C++ files, those in archives as well.
class Files {
 public:
    Files(fs::path folder, bool sandbox)
        : folder_(std::move(folder)), sandbox_(sandbox) {}

    /// @param named how the submission's name is told; empty: not at all.
    void add(const fs::path& path, const std::string& named,
             bool alone = false) {
        const bool is_source = lower(path.extension()) == ".cpp";
        if (fs::is_symlink(path) && !is_source) {
            remarks.push_back(named + " is a symbolic link: not followed");
        } else if (is_source && !fs::is_directory(path)) {
            files.push_back({path, named, alone});
        } else if (is_archive(path) && fs::is_regular_file(path)) {
            add_archive(path, named);
        } else if (fs::is_directory(path)) {
            add_folder(path, named);
        } else {
            remarks.push_back(named + " is not used: it is no .cpp file");
        }
    }

    /// Looks at the places that exercises have in a workbook, and at no others.
    void add_workbook(const fs::path& workbook,
                      const std::vector<std::string>& lessons,
                      const std::string& name) {
        for (const std::string& lesson : lessons) {
            const fs::path named = fs::path("lessons") / lesson / name;
            if (fs::exists(fs::symlink_status(workbook / named))) {
                files.push_back({workbook / named, named});
            }
        }
    }

    std::vector<Found> files;
    std::vector<std::string> remarks;

 private:
    void add_folder(const fs::path& folder, const std::string& named) {
        constexpr int depth = 16;
        constexpr std::size_t entries = 20'000;
        std::size_t count = 0;
        std::vector<fs::path> found;
        for (auto at = fs::recursive_directory_iterator(folder);
             at != fs::recursive_directory_iterator(); ++at) {
            if (++count > entries) {
                remarks.push_back(fmt::format(
                    "only its first {} files were looked at", entries));
                break;
            }
            const std::string name = at->path().filename();
            // What macOS puts beside each file.
            if (name == "__MACOSX" || at.depth() >= depth) {
                at.disable_recursion_pending();
            }
            if (name.starts_with("._")) continue;
            const bool is_source = lower(at->path().extension()) == ".cpp";
            if (is_source || (is_archive(at->path()) && !in_archive_)) {
                found.push_back(at->path());
            }
        }
        std::sort(found.begin(), found.end());
        for (const fs::path& path : found) {
            add(path,
                (fs::path(named) / path.lexically_relative(folder)).string());
        }
    }

    void add_archive(const fs::path& archive, const std::string& named) {
        constexpr std::uintmax_t packed = std::uintmax_t{64} << 20;
        constexpr int unpacked = 16 << 20;
        if (fs::file_size(archive) > packed) {
            remarks.push_back(
                fmt::format("{} is not unpacked: it is larger "
                            "than {} MiB",
                            named, packed >> 20));
            return;
        }
        const fs::path place = folder_ / std::to_string(++archives_);
        const fs::path to = place / "unpacked";
        const fs::path copy = place / archive.filename();
        fs::create_directories(to);
        fs::copy_file(archive, copy);
        open_to_all(folder_);
        // First to an archive of the C++ files alone, which cannot be larger
        // than what may be unpacked, then to files. bsdtar leaves no folder.
        const Outcome outcome = run_confined(
            {.program = "sh",
             .arguments = {"-c",
                           "bsdtar -cf - --include='*.[cC][pP][pP]' \"@$1\" | "
                           "head -c \"$2\" | bsdtar -xf - && chmod -R u+rwX .",
                           "sh", copy.string(), std::to_string(unpacked)},
             .limits = {.seconds = 30.0},
             .folder = to,
             .sandbox = sandbox_,
             .readable = {copy}});
        if (!outcome.ok() || !outcome.output.empty()) {
            remarks.push_back(fmt::format(
                "{} cannot be unpacked, or not all of it: {}", named,
                outcome.exit_status < 0 ? outcome.how_it_ended()
                                        : last_complaint(outcome.output)));
        }
        in_archive_ = true;
        add_folder(to, named);
        in_archive_ = false;
    }

    fs::path folder_;
    bool sandbox_;
    bool in_archive_ = false;
    int archives_ = 0;
};

/// Whether a file in a submission is the lesson's exercise: 2 by its folder, 1
/// by its name, 0 not at all.
int fits(const Found& found, const std::string& lesson,
         const std::string& wanted, bool only_lesson) {
    std::string name = lower(found.file.filename());
    // Canvas makes exercise-1.cpp of a second exercise.cpp.
    const std::size_t end = name.rfind(".cpp");
    const std::size_t last = name.find_last_not_of("0123456789", end - 1);
    if (last + 1 < end && name[last] == '-') name.erase(last, end - last);
    if (name == wanted &&
        fs::path(found.name).parent_path().filename() == lesson) {
        return 2;
    }
    // Canvas and Moodle put the student's name before the file's.
    const auto ends = [&name](const std::string& text) {
        return name == text || name.ends_with("_" + text);
    };
    if (ends(lesson + "_" + wanted) ||
        ends(lesson.substr(0, 2) + "_" + wanted)) {
        return 1;
    }
    return only_lesson && (found.alone || ends(wanted)) ? 1 : 0;
}

std::string digest_of_text(const std::string& text) {
    const uLong checksum =
        crc32(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(text.data()),
              static_cast<uInt>(text.size()));
    return fmt::format("{:08x}{:x}", checksum, text.size());
}

}  // namespace

bool is_archive(const fs::path& file) {
    const std::string name = lower(file.filename());
    const auto ends = [&name](const char* end) { return name.ends_with(end); };
    return ends(".zip") || ends(".tar") || ends(".tar.gz") || ends(".tgz");
}

std::string bare_code(const std::string& text) {
    std::string code;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string two = text.substr(i, 2);
        if (two == "//") {
            i = std::min(text.find('\n', i), text.size());
        } else if (two == "/*") {
            i = std::min(text.find("*/", i + 2), text.size() - 1) + 1;
        } else if (text[i] == '"' || text[i] == '\'') {
            const char quote = text[i];
            code += quote;
            while (++i < text.size() && text[i] != quote && text[i] != '\n') {
                if (text[i] == '\\') code += text[i++];
                if (i < text.size()) code += text[i];
            }
            code += quote;
        } else if (std::isspace(static_cast<unsigned char>(text[i])) == 0) {
            code += text[i];
        }
    }
    return code;
}

Submission take_exercises(const std::vector<fs::path>& submission,
                          const std::vector<std::string>& lessons,
                          const std::string& name, const fs::path& folder,
                          bool sandbox) {
    fs::create_directories(folder);
    Files files(folder / "archives", sandbox);
    for (const fs::path& path : submission) {
        if (!fs::exists(path)) {
            throw std::runtime_error(fmt::format(
                "{}: no such folder: a submission is a folder, or an archive, "
                "with lessons/NN_name/exercise.cpp in it",
                path.string()));
        }
        if (fs::exists(path / "tests/grade/points.json")) {
            files.add_workbook(path, lessons, name);
            continue;
        }
        const bool unnamed = submission.size() == 1 && fs::is_directory(path) &&
                             !fs::is_symlink(path);
        files.add(path, unnamed ? "" : path.filename().string(), true);
    }
    Submission taken;
    taken.remarks = files.remarks;
    std::vector<bool> used(files.files.size());
    for (const std::string& lesson : lessons) {
        const Found* best = nullptr;
        int best_fit = 0;
        std::vector<std::string> others;
        for (std::size_t i = 0; i < files.files.size(); ++i) {
            const Found& file = files.files[i];
            const int fit = fits(file, lesson, name, lessons.size() == 1);
            if (fit > 0) used[i] = true;
            if (fit > best_fit) {
                if (best != nullptr) others.push_back(best->name);
                best = &file;
                best_fit = fit;
            } else if (fit > 0) {
                others.push_back(file.name);
            }
        }
        for (const std::string& other : others) {
            taken.remarks.push_back(
                fmt::format("{} is not used: {} is taken", other, best->name));
        }
        std::string text;
        if (best == nullptr) {
            taken.missing[lesson] = fmt::format(
                "lessons/{0}/{1} is missing (`make reset-{2} FILE={1}` brings "
                "back the one to start from)",
                lesson, name, lesson.substr(0, 2));
        } else {
            const std::string why_not = objection(best->file, best->name);
            if (!why_not.empty()) taken.missing[lesson] = why_not;
        }
        if (taken.missing.contains(lesson)) {
            text = taken.missing[lesson];
        } else {
            text = read_file(best->file);
            const fs::path copy = folder / lesson / "exercise.cpp";
            fs::create_directories(copy.parent_path());
            std::ofstream(copy, std::ios::binary) << text;
            taken.exercises[lesson] = copy;
            taken.found[lesson] = best->name;
            taken.code_digests[lesson] = digest_of_text(bare_code(text));
        }
        taken.digests[lesson] = digest_of_text(text);
    }
    remove_tree(folder / "archives");
    for (std::size_t i = 0; i < used.size() && taken.found.empty(); ++i) {
        if (used[i]) continue;
        taken.remarks.push_back(files.files[i].name +
                                " is not used: no lesson's exercise");
    }
    return taken;
}
