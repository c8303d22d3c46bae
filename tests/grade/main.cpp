// Grades exercises: one of your own (--check), all of a submission, or a class.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/output_file.hpp"
#include "common/programs/temporary_folder.hpp"
#include "common/terminal.hpp"
#include "common/timer.hpp"
#include "tests/grade/grading.hpp"
#include "tests/grade/json_files.hpp"
#include "tests/grade/kit.hpp"
#include "tests/grade/place.hpp"
#include "tests/grade/reports.hpp"
#include "tests/grade/submission.hpp"

namespace {

namespace fs = std::filesystem;

std::atomic<bool> stop = false;

struct Options {
    std::string check;
    fs::path submission;
    fs::path submissions;
    fs::path output;
    fs::path workbook = WORKBOOK_SOURCE;
    fs::path races_build = WORKBOOK_SOURCE "/build-tsan";
    std::vector<std::string> lessons;
    bool solutions = false;
    bool again = false;
    bool require_sandbox = false;
    std::vector<fs::path> readable;
};

/// Sees to it that temporary folders are made where exercises can be compiled
/// and run, if need be somewhere else than usual, and says so.
void choose_place(const fs::path& build, const Options& options) {
    constexpr std::uintmax_t a_lesson = std::uintmax_t{16} << 20;
    constexpr std::uintmax_t all_lessons = std::uintmax_t{256} << 20;
    std::vector<fs::path> folders = {"/tmp", "/var/tmp", build};
    const char* const usual = std::getenv("TMPDIR");
    if (usual != nullptr && *usual != '\0') {
        folders.insert(folders.begin(), usual);
    }
    std::vector<std::string> rejected;
    const fs::path place = find_place(
        folders, options.check.empty() ? all_lessons : a_lesson, rejected);
    for (const std::string& folder : rejected) {
        fmt::print(stderr, "grade: cannot use {}\n", folder);
    }
    if (!rejected.empty()) {
        fmt::print(stderr, "grade: using {} instead\n", place.string());
    }
    setenv("TMPDIR", place.c_str(), 1);
}

/// One grader: the kit, and what was asked for.
class Grader {
 public:
    Grader(const Options& options, const fs::path& build)
        : options_(options), build_(build) {
        open_to_all(folder_.path());  // the sandbox is tried as another user
        kit_ = make_kit(options.workbook, build, options.races_build,
                        options.check.empty()
                            ? options.lessons
                            : std::vector<std::string>{options.check},
                        options.readable, folder_ / "kit");
        if (options.require_sandbox && !kit_.no_sandbox.empty()) {
            throw std::runtime_error("no sandbox: " + kit_.no_sandbox);
        }
    }

    int check() {
        const std::string& lesson = kit_.lessons.front();
        const fs::path work = folder_ / "work";
        const Grade grade = grade_in(work, submission());
        const bool kept = keep_programs(work, lesson);
        fmt::print("{}", exercise_text(grade, lesson,
                                       {.colour = shows_colour(stdout),
                                        .for_student = kept}));
        const bool passed = std::all_of(
            grade.marks.begin(), grade.marks.end(), [](const Mark& mark) {
                return mark.verdict.status != Status::failed ||
                       mark.of.criterion == "fast";
            });
        return passed ? 0 : 1;
    }

    int grade_one() {
        const fs::path output = options_.output;
        const Grade grade = grade_to(submission(), output);
        fmt::print("{}", grade_text(grade, {.colour = shows_colour(stdout)}));
        fmt::print("\nWritten: {}/report.txt, results.json, junit.xml\n",
                   output.string());
        return 0;
    }

    int grade_class() {
        const std::vector<fs::path> students = find_students();
        std::vector<Row> rows;
        const Timer timer;
        int graded = 0;
        for (std::size_t i = 0; i < students.size(); ++i) {
            const std::string name = students[i].filename();
            const fs::path output = options_.output / name;
            Row row = read_results(name, output / "results.json");
            const bool done = !options_.again && !row.digest.empty() &&
                              row.digest == digest_now(students[i]) &&
                              row.points_digest == digest_of(kit_.points);
            if (!done) {
                show_progress(progress(name, i, students.size(), graded,
                                       timer.seconds()));
                grade_to(students[i], output);
                ++graded;
                row = read_results(name, output / "results.json");
                show_progress("");
            }
            fmt::print("{:<30}{:>6g} of {:g}{}\n", name, row.points,
                       row.maximum, done ? "  (as before)" : "");
            std::fflush(stdout);
            rows.push_back(row);
        }
        const fs::path csv = options_.output / "grades.csv";
        write_file(csv, class_csv(rows));
        fmt::print("\n{} students, {} graded now: {}\n", students.size(),
                   graded, csv.string());
        return 0;
    }

 private:
    [[nodiscard]] fs::path submission() const {
        return options_.submission.empty() ? options_.workbook
                                           : options_.submission;
    }

    [[nodiscard]] std::string file_name() const {
        return options_.solutions ? "solution.cpp" : "exercise.cpp";
    }

    Grade grade_in(const fs::path& work, const fs::path& submission) {
        remove_tree(work);
        fs::create_directories(work);
        const Submission taken = take_exercises(
            submission, kit_.lessons, file_name(), work / "exercises");
        return grade_submission(kit_, taken, work, stop);
    }

    /// Grades a submission and writes what there is to write of it.
    Grade grade_to(const fs::path& submission, const fs::path& output) {
        fs::create_directories(output);
        const fs::path work = folder_ / "work";
        const Grade grade = grade_in(work, submission);
        write_file(output / "report.txt", grade_text(grade, {}));
        std::ifstream junit(work / "junit.xml");
        write_file(output / "junit.xml",
                   std::string(std::istreambuf_iterator<char>(junit), {}));
        write_file(output / "results.json", gradescope_json(grade));
        remove_tree(work);
        return grade;
    }

    std::string digest_now(const fs::path& submission) {
        const TemporaryFolder folder;
        return take_exercises(submission, kit_.lessons, file_name(),
                              folder.path())
            .digest;
    }

    [[nodiscard]] std::vector<fs::path> find_students() const {
        std::vector<fs::path> students;
        for (const auto& entry : fs::directory_iterator(options_.submissions)) {
            const std::string name = entry.path().filename();
            if (!entry.is_directory() || entry.is_symlink() ||
                name.front() == '.') {
                continue;
            }
            students.push_back(entry.path());
        }
        std::sort(students.begin(), students.end());
        if (students.empty()) {
            throw std::runtime_error(
                fmt::format("{}: no folder in it: every student's submission "
                            "is a sub-folder",
                            options_.submissions.string()));
        }
        return students;
    }

    static std::string progress(const std::string& name, std::size_t index,
                                std::size_t count, int graded, double seconds) {
        std::string text =
            fmt::format("student {} of {}: {}", index + 1, count, name);
        if (graded > 0) {
            const double left =
                seconds / graded * static_cast<double>(count - index);
            text += fmt::format(", about {:.0f} min left", left / 60 + 0.5);
        }
        return text;
    }

    /// The programs of a check stay, so that one can run them by hand.
    /// @returns whether there was a place for them: the build may be somebody
    ///     else's.
    [[nodiscard]] bool keep_programs(const fs::path& work,
                                     const std::string& lesson) const {
        const fs::path kept = build_ / "check";
        std::error_code failed;
        fs::create_directories(kept, failed);
        if (access(kept.c_str(), W_OK) != 0) return false;
        const auto keep = [&](const std::string& kind,
                              const std::string& name) {
            fs::remove(kept / name, failed);
            fs::copy_file(work / (lesson + "." + kind) / lesson, kept / name,
                          failed);
        };
        keep("release", lesson);
        keep("races", lesson + "_races");
        return true;
    }

    Options options_;
    fs::path build_;
    TemporaryFolder folder_;
    Kit kit_;
};

int grade(const Options& options, const fs::path& build) {
    choose_place(build, options);
    Grader grader(options, build);
    if (!options.check.empty()) return grader.check();
    if (!options.submissions.empty()) return grader.grade_class();
    return grader.grade_one();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Grades exercises by ctest. Without options: those of this workbook.");
    app.name("grade");
    app.footer(
        "A submission is a folder with lessons/NN_name/exercise.cpp in it; "
        "nothing else\nof it is used. What each criterion is worth stands in "
        "tests/grade/points.json;\ndocs/grading.md tells the rest.");
    Options options;
    auto* check = app.add_option("--check", options.check,
                                 "one exercise, by number: report to a student")
                      ->type_name("NN");
    auto* one = app.add_option("--submission", options.submission,
                               "grade the exercises in this folder")
                    ->type_name("FOLDER");
    app.add_option("--submissions", options.submissions,
                   "grade a class: every sub-folder is a student's; what is "
                   "graded already is left as it is")
        ->type_name("FOLDER")
        ->check(CLI::ExistingDirectory)
        ->excludes(check)
        ->excludes(one);
    app.add_option("--output", options.output,
                   "where reports go [results/grades]")
        ->type_name("FOLDER");
    app.add_option("--lessons", options.lessons, "only these, such as 03,05")
        ->delimiter(',')
        ->type_name("NN,...")
        ->excludes(check);
    app.add_flag("--solutions", options.solutions,
                 "grade solution.cpp instead of exercise.cpp");
    app.add_flag("--again", options.again, "grade also what is graded already");
    app.add_flag("--require-sandbox", options.require_sandbox,
                 "grade nothing where programs cannot be run in a sandbox");
    app.add_option("--readable", options.readable,
                   "show also this to programs in the sandbox, such as a "
                   "compiler's folder outside /usr")
        ->type_name("FOLDER")
        ->check(CLI::ExistingPath);
    app.add_option("--races-build", options.races_build,
                   "the build for the race detector [build-tsan]")
        ->type_name("FOLDER");
    try {
        app.parse(argc, argv);
        if (options.output.empty()) {
            options.output = options.workbook / "results/grades";
        }
        for (const int signal : {SIGINT, SIGTERM}) {
            std::signal(signal, [](int) { stop = true; });
        }
        return grade(options, fs::absolute(argv[0]).parent_path());
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        fmt::print(stderr, "grade: {}: see --help\n", error.what());
        return 2;
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "grade: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        show_progress("");
        if (stop) {
            fmt::print(stderr,
                       "grade: stopped; what was graded stays, and the "
                       "same command goes on from there\n");
            return 130;
        }
        fmt::print(stderr, "grade: {}\n", error.what());
        return 1;
    }
}
