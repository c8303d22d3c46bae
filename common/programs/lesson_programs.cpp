#include "common/programs/lesson_programs.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace fs = std::filesystem;

std::vector<LessonPrograms> find_lessons(const fs::path& folder) {
    std::ifstream list(folder / "programs");
    if (!list) {
        throw std::runtime_error(
            fmt::format("{}: cannot be read: build the workbook first",
                        (folder / "programs").string()));
    }
    std::vector<LessonPrograms> found;
    for (std::string line; std::getline(list, line);) {
        const std::string lesson = line.substr(0, line.find('/'));
        if (found.empty() || found.back().lesson != lesson) {
            found.push_back({lesson, {}});
        }
        found.back().versions.push_back(folder / line);
    }
    return found;
}

const LessonPrograms& find_lesson(const std::vector<LessonPrograms>& lessons,
                                  const std::string& wanted) {
    const std::string number = wanted.size() == 1 ? "0" + wanted : wanted;
    std::string all;
    for (const LessonPrograms& programs : lessons) {
        const std::string& lesson = programs.lesson;
        const std::size_t underscore = lesson.find('_');
        if (lesson == wanted || lesson.substr(0, underscore) == number ||
            lesson.substr(underscore + 1) == wanted) {
            return programs;
        }
        all += " " + lesson;
    }
    throw std::invalid_argument(
        fmt::format("there is no lesson '{}': choose from{}", wanted, all));
}
