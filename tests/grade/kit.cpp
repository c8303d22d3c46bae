#include "tests/grade/kit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "common/programs/process.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

Json read_json(const fs::path& file) {
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error(
            fmt::format("{}: cannot be read", file.string()));
    }
    try {
        return Json::parse(in, nullptr, true, true);  // with comments
    } catch (const Json::exception& error) {
        throw std::invalid_argument(
            fmt::format("{}: {}", file.string(), error.what()));
    }
}

std::string library_of(const std::string& lesson) {
    return fmt::format("lib{}_exercise.a", lesson);
}

/// Reads the recipe that the build has written, with its libraries copied.
Recipe copy_recipe(const fs::path& build, const fs::path& folder,
                   const std::vector<std::string>& lessons) {
    const Json json = read_json(build / "exercise_parts.json");
    fs::create_directories(folder);
    const auto copied = [&folder](const fs::path& file) {
        const fs::path copy = folder / file.filename();
        fs::copy_file(file, copy, fs::copy_options::overwrite_existing);
        return copy;
    };
    Recipe recipe;
    recipe.compiler = json.at("compiler");
    recipe.flags = words_of(json.at("flags"));
    recipe.tests = folder;
    for (const std::string& lesson : lessons) {
        copied(build / "tests/exercises" / library_of(lesson));
        const fs::path parts =
            build / fmt::format("lessons/lib{}_parts.a", lesson);
        if (fs::exists(parts)) copied(parts);
    }
    for (const std::string library : json.at("own_libraries")) {
        recipe.libraries.push_back(copied(library));
    }
    for (const std::string& word :
         words_of(json.at("libraries").get<std::string>())) {
        recipe.libraries.push_back(word);
    }
    return recipe;
}

void copy_headers(const fs::path& workbook, const fs::path& include) {
    for (const char* folder : {"common", "lessons"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(workbook / folder)) {
            if (entry.path().extension() != ".hpp") continue;
            const fs::path to = include / fs::relative(entry.path(), workbook);
            fs::create_directories(to.parent_path());
            fs::copy_file(entry.path(), to);
        }
    }
}

std::vector<std::string> lessons_with_exercise(const fs::path& workbook) {
    std::vector<std::string> lessons;
    for (const auto& entry : fs::directory_iterator(workbook / "lessons")) {
        const std::string lesson = entry.path().filename();
        if (fs::exists(workbook / "tests/exercises" / (lesson + ".cpp"))) {
            lessons.push_back(lesson);
        }
    }
    std::sort(lessons.begin(), lessons.end());
    return lessons;
}

/// Those of all lessons that numbers or names mean; all of them for none.
std::vector<std::string> chosen(const std::vector<std::string>& all,
                                const std::vector<std::string>& wanted) {
    if (wanted.empty()) return all;
    std::vector<std::string> lessons;
    for (const std::string& name : wanted) {
        const auto found = std::find_if(
            all.begin(), all.end(), [&name](const std::string& lesson) {
                return name == lesson || name == lesson.substr(0, 2);
            });
        if (found == all.end()) {
            throw std::invalid_argument(fmt::format(
                "no exercise '{}'; there are: {}", name, joined(all, " ")));
        }
        lessons.push_back(*found);
    }
    std::sort(lessons.begin(), lessons.end());
    lessons.erase(std::unique(lessons.begin(), lessons.end()), lessons.end());
    return lessons;
}

/// Whether the race detector tells a racy program from a clean one; why not.
std::string try_detector(const fs::path& races_build,
                         const std::vector<std::string>& lessons) {
    const auto reports_race = [&](const std::string& canary) {
        const Outcome outcome =
            run_process({.program = races_build / "tests" / canary,
                         .environment = {{"TSAN_OPTIONS",
                                          "ignore_noninstrumented_modules=1"},
                                         {"OMP_NUM_THREADS", "4"}},
                         .timeout = 30.0});
        return outcome.output.find("ThreadSanitizer: data race") !=
               std::string::npos;
    };
    for (const char* canary : {"canary_clean", "canary_racy"}) {
        if (!fs::exists(races_build / "tests" / canary)) {
            return "the race detector is not installed (`make deps` installs "
                   "it)";
        }
    }
    for (const std::string& lesson : lessons) {
        if (!fs::exists(races_build / "tests/exercises" / library_of(lesson))) {
            return "the tests under the race detector are not built (`make "
                   "grader` builds them)";
        }
    }
    if (reports_race("canary_clean")) {
        return "the race detector reports a program that has no race (`make "
               "doctor` says more)";
    }
    if (!reports_race("canary_racy")) {
        return "the race detector does not see a race (`make doctor` says "
               "more)";
    }
    return {};
}

}  // namespace

std::vector<Points> read_points(const fs::path& file,
                                const std::vector<std::string>& lessons) {
    const Json json = read_json(file);
    const auto wrong = [&file](const std::string& what) {
        return std::invalid_argument(
            fmt::format("{}: {}", file.string(), what));
    };
    for (const auto& [lesson, entry] : json.items()) {
        const bool known =
            lesson == "default" ||
            std::find(lessons.begin(), lessons.end(), lesson) != lessons.end();
        if (!known) throw wrong(fmt::format("no lesson '{}'", lesson));
        for (const auto& [criterion, points] : entry.items()) {
            if (std::find(criteria.begin(), criteria.end(), criterion) ==
                criteria.end()) {
                throw wrong(fmt::format("no criterion '{}'", criterion));
            }
            if (!points.is_number() || points.get<double>() < 0.0) {
                throw wrong(fmt::format("{} of {} is no number of points",
                                        criterion, lesson));
            }
        }
    }
    if (!json.contains("default")) throw wrong("'default' is missing");
    std::vector<Points> points;
    for (const std::string& lesson : lessons) {
        for (const char* criterion : criteria) {
            const Json own = json.value(lesson, Json::object());
            const double general = json.at("default").value(criterion, 0.0);
            points.push_back({.lesson = lesson,
                              .criterion = criterion,
                              .maximum = own.value(criterion, general)});
        }
    }
    return points;
}

Kit make_kit(const fs::path& workbook, const fs::path& build,
             const fs::path& races_build,
             const std::vector<std::string>& wanted, const fs::path& folder) {
    const std::vector<std::string> all = lessons_with_exercise(workbook);
    Kit kit;
    kit.lessons = chosen(all, wanted);
    kit.points = read_points(workbook / "tests/grade/points.json", all);
    std::erase_if(kit.points, [&kit](const Points& of) {
        return std::find(kit.lessons.begin(), kit.lessons.end(), of.lesson) ==
               kit.lessons.end();
    });
    kit.include = folder / "include";
    copy_headers(workbook, kit.include);
    kit.examine = fs::absolute(build / "examine");
    kit.release = copy_recipe(build, folder / "release", kit.lessons);
    kit.no_detector = try_detector(races_build, kit.lessons);
    if (kit.no_detector.empty()) {
        kit.races = copy_recipe(races_build, folder / "races", kit.lessons);
    }
    return kit;
}
