#include "common/programs/lesson_programs.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>
#include <numeric>
#include <stdexcept>

namespace fs = std::filesystem;

namespace {

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

std::string how_it_ended(int exit_status, int signal) {
    if (signal == 0) return fmt::format("exit status {}", exit_status);
    return fmt::format(
        "killed by signal {} ({}){}", signal, strsignal(signal),
        signal == SIGKILL ? ", often by a system that is short of memory" : "");
}

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
    std::string nearest;
    std::size_t shortest = 3;  // what is that far away is no slip of the finger
    for (const LessonPrograms& programs : lessons) {
        const std::string& lesson = programs.lesson;
        const std::size_t underscore = lesson.find('_');
        const std::string name = lesson.substr(underscore + 1);
        if (lesson == wanted || lesson.substr(0, underscore) == number ||
            name == wanted) {
            return programs;
        }
        all += " " + lesson;
        const std::size_t way =
            std::min(distance(lesson, wanted), distance(name, wanted));
        if (way >= shortest) continue;
        shortest = way;
        nearest = lesson;
    }
    throw std::invalid_argument(fmt::format(
        "there is no lesson '{}': {}choose from{}", wanted,
        nearest.empty() ? "" : "did you mean " + nearest + "? or ", all));
}
