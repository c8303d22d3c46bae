#include "tests/grade/kit.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "common/output_file.hpp"
#include "common/programs/process.hpp"
#include "common/terminal.hpp"
#include "tests/grade/confine.hpp"
#include "tests/grade/json_files.hpp"
#include "tests/grade/verdict.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

std::string library_of(const std::string& lesson) {
    return fmt::format("lib{}_exercise.a", lesson);
}

/// Reads the recipe that the build has written, a KEY and words in each line,
/// with its libraries copied.
Recipe copy_recipe(const fs::path& build, const fs::path& folder,
                   const std::vector<std::string>& lessons) {
    const fs::path file = build / "exercise_recipe";
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error(fmt::format(
            "{}: cannot be read: `make grader` writes it", file.string()));
    }
    fs::create_directories(folder);
    Recipe recipe;
    recipe.tests = folder;
    recipe.sources = {file};
    const auto copied = [&](const fs::path& library) {
        const fs::path copy = folder / library.filename();
        fs::copy_file(library, copy, fs::copy_options::skip_existing);
        recipe.sources.push_back(library);
        return copy;
    };
    for (std::string key, value;
         in >> key && std::getline(in >> std::ws, value);) {
        if (key == "compiler") recipe.compiler = value;
        if (key == "flags") recipe.flags = words_of(value);
        if (key == "own_library") {
            recipe.own_libraries.push_back(copied(value));
        }
        if (key != "libraries") continue;
        for (const std::string& word : words_of(value)) {
            recipe.libraries.push_back(word);
        }
    }
    for (const std::string& lesson : lessons) {
        copied(build / "tests/exercises" / library_of(lesson));
        const fs::path parts =
            build / fmt::format("lessons/lib{}_parts.a", lesson);
        if (fs::exists(parts)) copied(parts);
    }
    return recipe;
}

void copy_headers(const fs::path& workbook, const fs::path& include) {
    for (const char* folder : {"common", "lessons"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(workbook / folder)) {
            // An editor's lock, ".#grey.hpp", is a link to nowhere.
            const std::string name = entry.path().filename();
            if (!name.ends_with(".hpp") || name.starts_with(".")) continue;
            const fs::path to = include / fs::relative(entry.path(), workbook);
            fs::create_directories(to.parent_path());
            fs::copy_file(entry.path(), to, fs::copy_options::skip_existing);
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
                "no exercise '{}'; there are: {}", name, fmt::join(all, " ")));
        }
        lessons.push_back(*found);
    }
    std::sort(lessons.begin(), lessons.end());
    lessons.erase(std::unique(lessons.begin(), lessons.end()), lessons.end());
    return lessons;
}

/// The names of the tests in a file, in order: "Correct.KnownPixels".
std::vector<std::string> tests_in(const fs::path& file) {
    static const std::regex test(R"(^TEST\((\w+), (\w+)\))");
    std::ifstream in(file);
    std::vector<std::string> names;
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
        if (!std::regex_search(line, match, test)) continue;
        names.push_back(match[1].str() + "." + match[2].str());
    }
    return names;
}

/// Whether a criterion of a lesson is tested at all.
bool has_test(const Kit& kit, const std::string& lesson,
              const std::string& criterion) {
    const auto& tests = kit.tests.at(lesson);
    return std::any_of(tests.begin(), tests.end(),
                       [suite = suite_of(criterion) + "."](const auto& test) {
                           return test.starts_with(suite);
                       });
}

/// When a file was last changed; the beginning of time where there is none.
fs::file_time_type time_of(const fs::path& file) {
    std::error_code none;
    const fs::file_time_type time = fs::last_write_time(file, none);
    return none ? fs::file_time_type::min() : time;
}

/// What is missing for the race detector; empty where nothing is.
std::string not_built(const fs::path& workbook, const fs::path& races_build,
                      const std::vector<std::string>& lessons) {
    if (!fs::exists(races_build / "exercise_recipe")) {
        return "the race detector is not installed (`make deps` installs it)";
    }
    for (const std::string& lesson : lessons) {
        // The last thing that a build makes for a lesson, whenever it is asked.
        const fs::path built =
            races_build / "tests/exercises" / (lesson + ".built");
        if (!fs::exists(built)) {
            return "the tests under the race detector are not built (`make "
                   "grader` builds them)";
        }
        const fs::path newest = newest_source(workbook, lesson);
        if (time_of(built) < time_of(newest)) {
            return fmt::format(
                "the tests under the race detector are older than {} (`make "
                "grader` builds them)",
                fs::relative(newest, workbook).string());
        }
    }
    return {};
}

/// How an exercise of ours, of which it is known whether it has a race, fares.
struct Canary {
    std::string trouble = {};  ///< why it was not judged
    bool has_race = false;     ///< what the detector says
};

/// Whether a canary's program is newer than all that it is made of.
bool is_new(const fs::path& program, const Recipe& recipe,
            const fs::path& file) {
    std::vector<fs::path> sources = recipe.sources;
    sources.insert(sources.end(), {file, recipe.compiler});
    return std::all_of(sources.begin(), sources.end(),
                       [&program](const fs::path& source) {
                           return time_of(source) < time_of(program);
                       });
}

/// Makes a program of a canary as of an exercise, and keeps a copy.
/// @returns why it cannot be made; empty: it was.
std::string make_canary(const Recipe& recipe, const fs::path& file,
                        const fs::path& program, const fs::path& kept) {
    for (const auto& words : recipe.commands("canary", file, program)) {
        const Outcome made =
            run_process({.program = words.front(),
                         .arguments = {words.begin() + 1, words.end()}});
        if (!made.ok()) return last_complaint(made.output);
    }
    // The build may be somebody else's: then there is nowhere to keep it.
    std::error_code failed;
    fs::create_directories(kept.parent_path(), failed);
    const fs::path copy = kept.string() + fmt::format(".{}", getpid());
    if (fs::copy_file(program, copy, failed)) fs::rename(copy, kept, failed);
    return {};
}

/// Makes a canary as an exercise is made, unless `keep` has a program of it
/// that will do, and runs it as an exercise is run.
Canary try_canary(const Recipe& recipe, const fs::path& file,
                  const fs::path& keep) {
    const fs::path kept = keep / file.stem();
    fs::path program = kept;
    if (!is_new(kept, recipe, file)) {
        program = recipe.tests / file.stem();
        const std::string why = make_canary(recipe, file, program, kept);
        if (!why.empty()) return {"its programs cannot be made here: " + why};
    }
    const Outcome run =
        run_process({.program = program,
                     .environment = {{"OMP_WAIT_POLICY", "passive"}},
                     .clean_environment = true,
                     .timeout = 30.0});
    Canary canary = {.has_race =
                         run.output.find("ThreadSanitizer: data race") !=
                         std::string::npos};
    if (!canary.has_race && !run.ok()) {
        canary.trouble =
            fmt::format("its programs do not run here ({}): {}",
                        run.how_it_ended(), last_complaint(run.output));
    }
    return canary;
}

/// Why the race detector cannot be used; empty where it tells an exercise that
/// has a race from one that has none. Their programs are kept in `keep`.
std::string try_detector(const Recipe& recipe, const fs::path& canaries,
                         const fs::path& keep) {
    auto racy = std::async(std::launch::async, [&] {
        return try_canary(recipe, canaries / "canary_racy.cpp", keep);
    });
    const Canary clean =
        try_canary(recipe, canaries / "canary_clean.cpp", keep);
    const Canary with_race = racy.get();
    if (!clean.trouble.empty()) return clean.trouble;
    if (!with_race.trouble.empty()) return with_race.trouble;
    if (clean.has_race) return "it reports a program that has no race";
    if (!with_race.has_race) return "it does not see a race";
    return {};
}

std::string first_line(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

/// Why the kit's compilers cannot be run in a sandbox; empty where they can.
std::string try_sandbox(const Kit& kit) {
    std::vector<std::string> compilers = {kit.release.compiler};
    if (kit.no_detector.empty()) compilers.push_back(kit.races.compiler);
    return objection_to_sandbox(compilers, kit.readable);
}

}  // namespace

std::vector<std::vector<std::string>> Recipe::commands(
    const std::string& lesson, const fs::path& file,
    const fs::path& program) const {
    const std::string object = program.string() + ".o";
    std::vector<std::string> compile = {compiler};
    compile.insert(compile.end(), flags.begin(), flags.end());
    std::vector<std::string> link = compile;
    compile.insert(compile.end(),
                   {"-I" + include.string(),
                    "-I" + (include / "lessons" / lesson).string(), "-c", file,
                    "-o", object});
    // All of ours, and in front: nothing in the exercise can take its place.
    link.insert(link.end(),
                {"-Wl,--whole-archive", tests / library_of(lesson)});
    link.insert(link.end(), own_libraries.begin(), own_libraries.end());
    link.insert(link.end(), {"-Wl,--no-whole-archive", object});
    const fs::path parts = tests / fmt::format("lib{}_parts.a", lesson);
    if (fs::exists(parts)) link.push_back(parts);
    link.insert(link.end(), libraries.begin(), libraries.end());
    link.insert(link.end(), {"-o", program});
    return {compile, {"nm", "--format=posix", "--extern-only", object}, link};
}

std::string Kit::sandbox() const {
    const std::vector<std::string> folders(readable.begin(), readable.end());
    return no_sandbox.empty() ? fmt::format("{}", fmt::join(folders, ":"))
                              : "none";
}

fs::path newest_source(const fs::path& workbook, const std::string& lesson) {
    std::vector<fs::path> files = {workbook / "tests/exercises" /
                                   (lesson + ".cpp")};
    for (const char* name : {"exercise.cpp", "exercise.hpp"}) {
        files.push_back(workbook / "tests/exercises" / name);
    }
    const fs::path folder = workbook / "lessons" / lesson;
    for (const fs::path& of : {workbook / "common", workbook / "tests/races",
                               workbook / "tests/support", folder / "parts"}) {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(of, none)) {
            const std::string kind = entry.path().extension();
            if (kind == ".cpp" || kind == ".hpp") files.push_back(entry.path());
        }
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".hpp") files.push_back(entry.path());
    }
    return *std::max_element(files.begin(), files.end(),
                             [](const fs::path& a, const fs::path& b) {
                                 return time_of(a) < time_of(b);
                             });
}

void open_to_all(const fs::path& folder) {
    using fs::perms;
    const auto open = [](const fs::path& path) {
        const perms read = perms::group_read | perms::others_read;
        const perms enter = perms::group_exec | perms::others_exec;
        fs::permissions(path, fs::is_directory(path) ? read | enter : read,
                        fs::perm_options::add);
    };
    open(folder);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        open(entry.path());
    }
}

Kit make_kit(const fs::path& workbook, const fs::path& build,
             const fs::path& races_build,
             const std::vector<std::string>& wanted,
             const std::vector<fs::path>& readable, const fs::path& folder) {
    const std::vector<std::string> all = lessons_with_exercise(workbook);
    Kit kit;
    kit.lessons = chosen(all, wanted);
    kit.points = read_points(workbook / "tests/grade/points.json", all);
    std::erase_if(kit.points, [&kit](const Points& of) {
        return std::find(kit.lessons.begin(), kit.lessons.end(), of.lesson) ==
               kit.lessons.end();
    });
    for (const std::string& lesson : kit.lessons) {
        kit.tests[lesson] =
            tests_in(workbook / "tests/exercises" / (lesson + ".cpp"));
    }
    std::erase_if(kit.points, [&kit](const Points& of) {
        return of.maximum == 0.0 && !has_test(kit, of.lesson, of.criterion);
    });
    const fs::path include = folder / "include";
    copy_headers(workbook, include);
    kit.grade_step = fs::absolute(build / "grade_step");
    kit.release = copy_recipe(build, folder / "release", kit.lessons);
    kit.release.include = include;
    kit.no_detector = not_built(workbook, races_build, kit.lessons);
    if (kit.no_detector.empty()) {
        std::vector<std::string> tests = kit.lessons;
        tests.emplace_back("canary");
        kit.races = copy_recipe(races_build, folder / "races", tests);
        kit.races.include = include;
        kit.races_O0 = kit.races;
        kit.races_O0.flags.emplace_back("-O0");
        // What another grader has found out with the same kit.
        const fs::path tried = folder / "detector_tried";
        std::string why = first_line(tried);
        if (!fs::exists(tried)) {
            why = try_detector(kit.races, workbook / "tests/races",
                               races_build / "tried");
            write_file(tried, why);
        }
        if (!why.empty()) {
            kit.no_detector = fmt::format(
                "the race detector cannot be relied on: {} (`make doctor` says "
                "more)",
                why);
        }
    }
    open_to_all(folder);
    kit.readable = readable;
    kit.readable.push_back(folder);
    kit.no_sandbox = try_sandbox(kit);
    return kit;
}
