#include "common/programs/lesson_programs.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;

bool in_teaching_order(const fs::path& a, const fs::path& b) {
    const auto rank = [](const fs::path& program) {
        const std::string version = program.filename();
        return version == "serial" ? 0 : version == "parallel" ? 1 : 2;
    };
    return std::pair(rank(a), a) < std::pair(rank(b), b);
}

std::string name_of(const std::string& lesson) {
    return lesson.substr(lesson.find('_') + 1);
}

/// Levenshtein's distance: the fewest letters to insert, delete or replace that
/// turn a into b (by Wagner and Fischer's table, a row at a time).
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::vector<LessonPrograms> find_lessons(const fs::path& folder) {
    std::vector<LessonPrograms> found;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!fs::exists(entry.path() / "serial")) continue;
        LessonPrograms programs = {entry.path().filename(), {}};
        for (const auto& file : fs::directory_iterator(entry.path())) {
            if (file.is_regular_file() &&
                access(file.path().c_str(), X_OK) == 0) {
                programs.versions.push_back(file.path());
            }
        }
        std::sort(programs.versions.begin(), programs.versions.end(),
                  in_teaching_order);
        found.push_back(std::move(programs));
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.lesson < b.lesson; });
    return found;
}

const LessonPrograms& find_lesson(const std::vector<LessonPrograms>& lessons,
                                  const std::string& wanted) {
    const std::string number = wanted.size() == 1 ? "0" + wanted : wanted;
    std::string all;
    std::string nearest;
    std::size_t shortest = 3;  // what is that far away is no slip of the finger
    for (const LessonPrograms& programs : lessons) {
        const std::string& lesson = programs.lesson;
        if (lesson == wanted || lesson.substr(0, lesson.find('_')) == number ||
            name_of(lesson) == wanted) {
            return programs;
        }
        all += " " + lesson;
        for (const std::string& name : {lesson, name_of(lesson)}) {
            if (distance(name, wanted) >= shortest) continue;
            shortest = distance(name, wanted);
            nearest = lesson;
        }
    }
    throw std::invalid_argument(fmt::format(
        "there is no lesson '{}': {}choose of{}", wanted,
        nearest.empty() ? "" : "did you mean " + nearest + "? or ", all));
}
