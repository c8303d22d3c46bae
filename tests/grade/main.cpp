// Grades exercises: one of your own (--check), all of a submission, or a class.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "common/output_file.hpp"
#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"
#include "tests/grade/class.hpp"
#include "tests/grade/grading.hpp"
#include "tests/grade/json_files.hpp"
#include "tests/grade/kit.hpp"
#include "tests/grade/place.hpp"
#include "tests/grade/progress.hpp"
#include "tests/grade/reports.hpp"
#include "tests/grade/students.hpp"
#include "tests/grade/submission.hpp"
#include "tests/grade/threads.hpp"

namespace {

namespace fs = std::filesystem;

std::atomic<bool> stop = false;

struct Options {
    std::string check;
    std::vector<fs::path> submission;
    fs::path submissions;
    fs::path roster;
    std::string student;
    std::string launcher;
    int jobs = std::max(1U, std::thread::hardware_concurrency() / 2);
    fs::path output;
    fs::path workbook = WORKBOOK_SOURCE;
    fs::path races_build = WORKBOOK_SOURCE "/build-tsan";
    fs::path kit;
    std::vector<std::string> lessons;
    bool progress = false;
    bool solutions = false;
    bool again = false;
    bool of_class = false;
    bool without_fast = false;
    bool require_sandbox = false;
    std::vector<fs::path> readable;
};

fs::path progress_file(const Options& options) {
    return options.workbook / "results/progress.json";
}

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
        fmt::print(stderr, "grade: cannot use {}\n", shown(folder));
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
                        options.readable,
                        options.kit.empty() ? folder_ / "kit" : options.kit);
        if (options.require_sandbox && !kit_.no_sandbox.empty()) {
            throw std::runtime_error("no sandbox: " + kit_.no_sandbox);
        }
    }

    int check() {
        const std::string& lesson = kit_.lessons.front();
        const fs::path work = folder_ / "work";
        const Submission submission = taken();
        Grade grade;
        {
            const std::jthread tell([&](const std::stop_token& over) {
                while (!over.stop_requested()) {
                    show_progress(known_so_far(kit_, lesson, work));
                    std::this_thread::sleep_for(std::chrono::milliseconds(100));
                }
                show_progress("");
            });
            grade = grade_submission(kit_, submission, work, {}, true, stop);
        }
        note(grade, submission);
        const bool kept = keep_programs(work, lesson);
        fmt::print("{}", exercise_text(grade, lesson,
                                       {.colour = shows_colour(stdout),
                                        .for_student = kept,
                                        .picture = draw(grade, lesson)}));
        if (is_own() && grade.points() >= grade.maximum()) {
            fmt::print("{}", next_text(find_exercises(options_.workbook),
                                       read_progress(progress_file(options_)),
                                       lesson));
        }
        remove_tree(work);
        return is_done(grade) ? 0 : 1;
    }

    /// Grades what is not graded yet, and writes all that is known.
    int grade_one() {
        const fs::path output = options_.output;
        const fs::path work = folder_ / "work";
        const Submission submission = taken();
        const Grade before =
            options_.of_class ? read_grade(output / "results.json") : Grade();
        const std::vector<Mark> known = still_true(before, submission);
        if (known.size() == kit_.points.size()) {
            fmt::print("As before: {}\n", before.total());
            return 0;
        }
        Grade grade = grade_submission(kit_, submission, work, known,
                                       !options_.without_fast, stop);
        note(grade, submission);
        add_other_lessons(grade, before);
        fs::create_directories(output);
        write_file(output / "report.txt", grade_text(grade, {}));
        std::ifstream junit(work / "junit.xml");
        write_file(output / "junit.xml",
                   std::string(std::istreambuf_iterator<char>(junit), {}));
        write_file(output / "results.json", gradescope_json(grade));
        remove_tree(work);
        fmt::print("{}", grade_text(grade, {.colour = shows_colour(stdout)}));
        fmt::print("\nWritten: {}/report.txt, results.json, junit.xml\n",
                   shown(output.string()));
        return 0;
    }

    int grade_all() {
        ClassGrading how = {.submissions = options_.submissions,
                            .roster = options_.roster,
                            .output = options_.output,
                            .lessons = kit_.lessons,
                            .student = options_.student,
                            .jobs = options_.jobs,
                            .without_fast = options_.without_fast,
                            .launcher = options_.launcher,
                            .grader = build_ / "grade",
                            .temporary = folder_.path()};
        how.options = {"--of-class", "--races-build",
                       options_.races_build.string(), "--lessons",
                       fmt::format("{}", fmt::join(kit_.lessons, ","))};
        for (const fs::path& path : options_.readable) {
            how.options.insert(how.options.end(),
                               {"--readable", path.string()});
        }
        if (options_.launcher.empty()) {
            how.options.insert(how.options.end(),
                               {"--kit", (folder_ / "kit").string()});
        }
        const bool again = options_.again || !options_.student.empty();
        if (again) how.options.emplace_back("--again");
        if (options_.solutions) how.options.emplace_back("--solutions");
        if (options_.require_sandbox) {
            how.options.emplace_back("--require-sandbox");
        }
        const Submission starters =
            take_exercises({options_.workbook}, kit_.lessons, "exercise.cpp",
                           folder_ / "starters", false);
        how.starters = starters.code_digests;
        return grade_class(how, stop);
    }

 private:
    /// The submission that is to be graded; for none, this workbook.
    Submission taken() {
        const std::vector<fs::path> own = {options_.workbook};
        const fs::path work = folder_ / "work";
        return take_exercises(
            options_.submission.empty() ? own : options_.submission,
            kit_.lessons, options_.solutions ? "solution.cpp" : "exercise.cpp",
            work / "exercises", kit_.no_sandbox.empty());
    }

    /// Whether it is this workbook's exercises that are graded.
    [[nodiscard]] bool is_own() const {
        return options_.submission.empty() && !options_.solutions;
    }

    /// For `make progress`.
    void note(const Grade& grade, const Submission& submission) const {
        if (!is_own()) return;
        note_progress(progress_file(options_), grade, submission.exercises);
    }

    /// Draws the threads of this workbook's exercise. @returns the picture's
    /// file as one types it here; empty where there is nothing to draw.
    [[nodiscard]] std::string draw(const Grade& grade,
                                   const std::string& lesson) const {
        if (!is_own()) return {};
        const std::string file = "results/" + lesson + "/check.png";
        try {
            for (const Mark& mark : grade.marks) {
                if (write_threads_picture(mark.verdict.threads,
                                          options_.workbook / file)) {
                    return file;
                }
            }
        } catch (const std::exception& error) {
            fmt::print(stderr, "grade: no picture of the threads: {}\n",
                       error.what());
        }
        return {};
    }

    /// The marks of an earlier grading that need not be found out again.
    [[nodiscard]] std::vector<Mark> still_true(const Grade& before,
                                               const Submission& now) const {
        std::vector<Mark> known;
        if (options_.again) return known;
        const auto is_true = [&](const Mark& mark) {
            const auto handed = before.handed.find(mark.of.lesson);
            const auto digest = now.digests.find(mark.of.lesson);
            const bool is_asked =
                std::any_of(kit_.points.begin(), kit_.points.end(),
                            [&mark](const Points& of) {
                                return of.lesson == mark.of.lesson &&
                                       of.criterion == mark.of.criterion &&
                                       of.maximum == mark.of.maximum;
                            });
            const bool has_detector_now =
                mark.of.criterion == "race_free" &&
                mark.verdict.status == Status::skipped &&
                mark.verdict.why != kit_.no_detector;
            const bool is_for_later =
                options_.without_fast && mark.of.criterion == "fast";
            return is_asked && handed != before.handed.end() &&
                   digest != now.digests.end() &&
                   handed->second.digest == digest->second &&
                   !has_detector_now &&
                   (is_for_later || !may_pass(mark.verdict));
        };
        std::copy_if(before.marks.begin(), before.marks.end(),
                     std::back_inserter(known), is_true);
        return known;
    }

    /// Several gradings into one folder add up.
    void add_other_lessons(Grade& grade, const Grade& before) const {
        for (const auto& [lesson, handed] : before.handed) {
            grade.handed.try_emplace(lesson, handed);
        }
        for (const Mark& mark : before.marks) {
            const bool is_graded =
                std::find(kit_.lessons.begin(), kit_.lessons.end(),
                          mark.of.lesson) != kit_.lessons.end();
            if (!is_graded) grade.marks.push_back(mark);
        }
        std::stable_sort(grade.marks.begin(), grade.marks.end(),
                         [](const Mark& a, const Mark& b) {
                             return a.of.lesson < b.of.lesson;
                         });
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
    if (options.progress) {
        fmt::print("{}", progress_text(find_exercises(options.workbook),
                                       read_progress(progress_file(options))));
        return 0;
    }
    choose_place(build, options);
    Grader grader(options, build);
    if (!options.check.empty()) return grader.check();
    if (!options.submissions.empty()) return grader.grade_all();
    return grader.grade_one();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Grades exercises by ctest. Without options: those of this workbook.");
    app.name("grade");
    app.footer(
        "A submission is a folder or an archive with lessons/NN_name/"
        "exercise.cpp in it;\ndocs/grading.md tells what else is taken, and "
        "the "
        "rest.");
    Options options;
    auto* check = app.add_option("--check", options.check,
                                 "one exercise, by number: report to a student")
                      ->type_name("NN");
    auto* one = app.add_option("--submission", options.submission,
                               "grade the exercises in this folder, archive or "
                               "file")
                    ->type_name("PATH");
    app.add_option("--output", options.output,
                   "where reports go [results/grades]")
        ->type_name("FOLDER");
    app.add_option("--lessons", options.lessons, "only these, such as 03,05")
        ->delimiter(',')
        ->type_name("NN,...")
        ->excludes(check);
    app.add_flag("--progress", options.progress,
                 "grade nothing: how far am I with this workbook's exercises?")
        ->excludes(check)
        ->excludes(one);
    app.add_flag("--solutions", options.solutions,
                 "grade solution.cpp instead of exercise.cpp");
    app.add_flag("--again", options.again, "grade also what is graded already");

    auto* all = app.add_option("--submissions", options.submissions,
                               "grade a class: every folder, archive or .cpp "
                               "file in it is a student's, or Moodle's or "
                               "Canvas's download, unpacked")
                    ->type_name("FOLDER")
                    ->check(CLI::ExistingDirectory)
                    ->excludes(check)
                    ->excludes(one);
    app.add_option("--roster", options.roster,
                   "who is in the class: CSV with the columns id,name,e-mail")
        ->type_name("FILE")
        ->check(CLI::ExistingFile)
        ->needs(all);
    app.add_option("--student", options.student,
                   "grade this student again, and nobody else")
        ->type_name("NAME")
        ->needs(all);
    app.add_option("--jobs", options.jobs,
                   "students at a time [half of the processors]")
        ->type_name("N")
        ->check(CLI::Range(1, 1024))
        ->needs(all);
    app.add_option("--launcher", options.launcher,
                   "put before each student's grader, such as "
                   "'srun --ntasks=1 --cpus-per-task=4'")
        ->type_name("CMD")
        ->needs(all);
    app.add_flag("--without-fast", options.without_fast,
                 "leave `fast` for a quiet machine: the same command without "
                 "this measures it");
    for (const char* name : {"--submissions", "--roster", "--student", "--jobs",
                             "--launcher", "--without-fast"}) {
        app.get_option(name)->group("A class");
    }

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
    for (const char* name :
         {"--require-sandbox", "--readable", "--races-build"}) {
        app.get_option(name)->group("The machine");
    }
    // What the grader of a class tells those of its students.
    app.add_option("--kit", options.kit)->group("");
    app.add_flag("--of-class", options.of_class)->group("");
    try {
        app.parse(argc, argv);
        if (options.output.empty()) {
            options.output = options.workbook / "results/grades";
        }
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            const auto before = std::signal(signal, [](int) { stop = true; });
            if (before == SIG_IGN) std::signal(signal, SIG_IGN);  // nohup
        }
        return grade(options, fs::absolute(argv[0]).parent_path());
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        fmt::print(stderr, "grade: {}: see --help\n", shown(error.what()));
        return 2;
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "grade: {}\n", shown(error.what()));
        return 2;
    } catch (const std::exception& error) {
        show_progress("");
        if (stop) {
            fmt::print(stderr,
                       "grade: stopped; what was graded stays, and the "
                       "same command goes on from there\n");
            return 130;
        }
        fmt::print(stderr, "grade: {}\n", shown(error.what()));
        return 1;
    }
}
