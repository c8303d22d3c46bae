#include "tests/grade/progress.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "common/output_file.hpp"
#include "common/programs/process.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// While it lives no other one for the same folder does; where the system has
/// no such locks, it does nothing.
class Lock {
 public:
    explicit Lock(const fs::path& folder)
        : handle_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        if (handle_ >= 0) flock(handle_, LOCK_EX);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() {
        if (handle_ >= 0) close(handle_);
    }

 private:
    int handle_;
};

std::string now_as(const char* format) {
    constexpr std::size_t longest = 40;
    std::array<char, longest> text = {};
    const std::time_t now = std::time(nullptr);
    std::tm local = {};
    localtime_r(&now, &local);
    return {text.data(),
            std::strftime(text.data(), text.size(), format, &local)};
}

void write_progress(const Progress& progress, const fs::path& file) {
    Json json = Json::object();
    for (const auto& [lesson, checked] : progress) {
        json[lesson] = {{"points", checked.points},
                        {"maximum", checked.maximum},
                        {"done", checked.done},
                        {"digest", checked.digest},
                        {"when", checked.when}};
    }
    write_file(file, json.dump(2) + "\n");
}

/// For callers that have the lock.
Progress read_locked(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {};
    const Json json = Json::parse(in, nullptr, false);
    Progress progress;
    bool damaged = !json.is_object();
    for (const auto& [lesson, entry] : json.items()) {
        try {
            progress[lesson] = {.points = entry.at("points"),
                                .maximum = entry.at("maximum"),
                                .done = entry.at("done"),
                                .digest = entry.at("digest"),
                                .when = entry.at("when")};
        } catch (const Json::exception&) {
            progress.erase(lesson);
            damaged = true;
        }
    }
    if (damaged) {
        const fs::path kept =
            file.string() + now_as(".damaged_%Y-%m-%d_%H-%M-%S");
        fs::rename(file, kept);
        fmt::print(stderr, "grade: {} is damaged: it is now {}\n",
                   file.string(), kept.string());
        if (!progress.empty()) write_progress(progress, file);
    }
    return progress;
}

/// What was noted of an exercise as it is now; null: nothing.
const Checked* valid(const Exercise& exercise, const Progress& progress) {
    const auto found = progress.find(exercise.lesson);
    const bool is_valid = found != progress.end() && !exercise.digest.empty() &&
                          found->second.digest == exercise.digest;
    return is_valid ? &found->second : nullptr;
}

bool is_done(const Exercise& exercise, const Progress& progress) {
    const Checked* checked = valid(exercise, progress);
    return checked != nullptr && checked->done;
}

std::string row(const Exercise& exercise, const Progress& progress) {
    const Checked* checked = valid(exercise, progress);
    std::string points = exercise.begun ? "begun" : "not checked";
    std::string when;
    if (exercise.digest.empty()) {
        points = "no exercise.cpp";
    } else if (checked != nullptr && checked->points >= checked->maximum) {
        points = fmt::format("all {:g}", checked->points);
        when = checked->when;
    } else if (exercise.begun == false) {
        points = "not begun";
    } else if (checked != nullptr) {
        points = fmt::format("{:g} of {:g}", checked->points, checked->maximum);
        when = checked->when;
    } else if (const auto old = progress.find(exercise.lesson);
               old != progress.end()) {
        when = old->second.when + ", changed since";
    }
    std::string text =
        fmt::format("{:<16}{:<17}{}", exercise.lesson, points, when);
    text.erase(text.find_last_not_of(' ') + 1);
    return text + '\n';
}

}  // namespace

bool is_done(const Grade& grade) {
    return std::all_of(grade.marks.begin(), grade.marks.end(),
                       [](const Mark& mark) {
                           return mark.verdict.status != Status::failed ||
                                  mark.of.criterion == "fast";
                       });
}

std::string digest_of_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {};
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const uLong checksum = crc32(0, reinterpret_cast<const Bytef*>(text.data()),
                                 static_cast<uInt>(text.size()));
    return fmt::format("{:08x}-{}", checksum, text.size());
}

void note_progress(const fs::path& file, const Grade& grade,
                   const std::map<std::string, fs::path>& exercises) {
    try {
        fs::create_directories(file.parent_path());
        const Lock lock(file.parent_path());
        Progress progress = read_locked(file);
        for (const auto& [lesson, exercise] : exercises) {
            Grade part = grade;
            std::erase_if(part.marks, [&lesson = lesson](const Mark& mark) {
                return mark.of.lesson != lesson;
            });
            progress[lesson] = {.points = part.points(),
                                .maximum = part.maximum(),
                                .done = is_done(part),
                                .digest = digest_of_file(exercise),
                                .when = now_as("%Y-%m-%d %H:%M")};
        }
        write_progress(progress, file);
    } catch (const std::exception& error) {
        fmt::print(stderr, "grade: `make progress` will not know of this: {}\n",
                   error.what());
    }
}

Progress read_progress(const fs::path& file) {
    const Lock lock(file.parent_path());
    return read_locked(file);
}

std::vector<Exercise> find_exercises(const fs::path& workbook) {
    const Outcome begun =
        run_process({.program = "sh",
                     .arguments = {"-c",
                                   "cd \"$1\" && sh "
                                   "common/programs/reset.sh --begun",
                                   "sh", workbook}});
    std::istringstream lines(begun.output);
    const std::set<std::string> lessons(
        std::istream_iterator<std::string>(lines), {});
    std::vector<Exercise> exercises;
    for (const auto& entry : fs::directory_iterator(workbook / "lessons")) {
        const std::string lesson = entry.path().filename();
        const bool is_lesson = lesson.size() > 3 && lesson[2] == '_' &&
                               std::isdigit(lesson[0]) != 0 &&
                               std::isdigit(lesson[1]) != 0;
        if (!is_lesson) continue;
        exercises.push_back(
            {.lesson = lesson,
             .digest = digest_of_file(entry.path() / "exercise.cpp")});
        if (begun.ok()) exercises.back().begun = lessons.contains(lesson);
    }
    std::sort(exercises.begin(), exercises.end(),
              [](const Exercise& a, const Exercise& b) {
                  return a.lesson < b.lesson;
              });
    return exercises;
}

std::string next_lesson(const std::vector<Exercise>& exercises,
                        const Progress& progress, const std::string& after) {
    std::string first;
    for (const Exercise& exercise : exercises) {
        if (is_done(exercise, progress)) continue;
        if (exercise.lesson > after) return exercise.lesson;
        if (first.empty()) first = exercise.lesson;
    }
    return first;
}

std::string next_text(const std::vector<Exercise>& exercises,
                      const Progress& progress, const std::string& after) {
    const std::string next = next_lesson(exercises, progress, after);
    if (next.empty()) return "All exercises are done.\n";
    return fmt::format("next: make {}\n", next.substr(0, 2));
}

std::string progress_text(const std::vector<Exercise>& exercises,
                          const Progress& progress) {
    constexpr std::size_t width = 38;
    std::string text =
        fmt::format("{:<16}{:<17}{}\n", "exercise", "points", "last checked");
    for (const Exercise& exercise : exercises) text += row(exercise, progress);
    const auto done = static_cast<std::size_t>(std::count_if(
        exercises.begin(), exercises.end(),
        [&](const Exercise& exercise) { return is_done(exercise, progress); }));
    const std::size_t filled =
        width * done / std::max<std::size_t>(exercises.size(), 1);
    text += fmt::format(
        "\n[{}{}] {} of {} exercises are done\n", std::string(filled, '#'),
        std::string(width - filled, '.'), done, exercises.size());
    return text + next_text(exercises, progress);
}
