// The grader as a program: what it gives for starters, for solutions, and for
// submissions that misbehave.

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common/programs/process.hpp"
#include "tests/grade/json_files.hpp"
#include "tests/grade/progress.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path source = WORKBOOK_SOURCE;
const fs::path grader = WORKBOOK_BUILD "/grade";

/// Runs the grader as `how` says, with a folder of its own for temporary files,
/// which has to be empty afterwards.
Outcome run_grader(const std::vector<std::string>& arguments,
                   Command how = {.program = grader}) {
    const TemporaryFolder temporary;
    fs::permissions(temporary.path(), fs::perms::all);
    how.arguments = arguments;
    // What `how` sets after this counts.
    how.environment.insert(how.environment.begin(),
                           {"TMPDIR", temporary.path()});
    Outcome outcome = run_process(how);
    EXPECT_TRUE(fs::is_empty(temporary.path())) << "files were left behind";
    return outcome;
}

/// The tests of a results.json: "05.correct" and so on.
std::map<std::string, Json> tests_of(const fs::path& results) {
    std::map<std::string, Json> tests;
    const Json json = Json::parse(read_text(results));
    for (const Json& test : json.at("tests")) {
        tests[test.at("number")] = test;
    }
    return tests;
}

bool was_judged(const Json& test) { return test.at("tags").at(2) == "judged"; }

/// Points per criterion; of `fast`, which a busy machine decides, none.
using Marks = std::map<std::string, double>;

void expect_marks(const std::map<std::string, Json>& tests,
                  const std::string& number, const Marks& expected) {
    for (const auto& [criterion, points] : expected) {
        const std::string name = fmt::format("{}.{}", number, criterion);
        ASSERT_TRUE(tests.contains(name)) << name;
        const Json& test = tests.at(name);
        const std::string said = test.at("output");
        const bool busy = said.find("the machine is busy") != std::string::npos;
        if (!was_judged(test) && (busy || criterion == "race_free")) continue;
        EXPECT_EQ(test.at("score"), points) << name << ": " << said;
        EXPECT_EQ(test.at("max_score"), 3.0) << name;
    }
}

const Marks all = {{"correct", 3}, {"parallel", 3}, {"race_free", 3}};
const Marks none = {{"correct", 0}, {"parallel", 0}, {"race_free", 0}};

/// Grades one of the submissions here as exercise 05, and nothing else. Without
/// `fast`, of which nothing is expected: it has the machine to itself.
struct OneGrading {
    Outcome outcome;
    std::map<std::string, Json> tests;
};
OneGrading grade_one(const std::string& submission,
                     const Command& how = {.program = grader},
                     const std::vector<std::string>& options = {}) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    const fs::path exercise = folder / "lessons/05_grey/exercise.cpp";
    fs::create_directories(exercise.parent_path());
    fs::copy_file(source / "tests/grade/submissions" / (submission + ".cpp"),
                  exercise);
    std::vector<std::string> arguments = {
        "--submission",  folder.path(),
        "--output",      (folder / "out").string(),
        "--lessons",     "05",
        "--without-fast"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    OneGrading grading = {run_grader(arguments, how), {}};
    EXPECT_TRUE(grading.outcome.ok()) << grading.outcome.output;
    grading.tests = tests_of(folder / "out/results.json");
    return grading;
}

/// Whether this machine has a race detector that can be relied on.
bool has_detector() {
    static const bool has =
        was_judged(grade_one("perfect").tests.at("05.race_free"));
    return has;
}

void expect_all_marks(const OneGrading& grading) {
    expect_marks(grading.tests, "05", all);
    const Json& race_free = grading.tests.at("05.race_free");
    EXPECT_EQ(was_judged(race_free), has_detector()) << race_free;
}

bool is_handout() { return !fs::exists(source / "tests/grade/submissions"); }

bool has_solutions() {
    return fs::exists(source / "lessons/05_grey/solution.cpp");
}

}  // namespace

TEST(GradeTest, EveryStarterIsWorthLessThanFullMarks) {
    const TemporaryFolder output;
    // Without the race detector's build, which the solutions are graded with.
    const Outcome outcome =
        run_grader({"--output", output.path(), "--races-build", output.path()});
    ASSERT_TRUE(outcome.ok()) << outcome.output;
    // One's own exercises: this is noted for `make progress`.
    const Json noted = Json::parse(read_text(source / "results/progress.json"));
    EXPECT_EQ(noted.at("05_grey").at("digest"),
              digest_of_file(source / "lessons/05_grey/exercise.cpp"));
    std::map<std::string, bool> is_full;
    for (const auto& [name, test] : tests_of(output / "results.json")) {
        const std::string number = name.substr(0, 2);
        is_full.try_emplace(number, true);
        const bool is_fast = name.find("fast") != std::string::npos;
        if (!is_fast && test.at("status") == "failed") is_full[number] = false;
        const std::string said = test.at("output");
        EXPECT_EQ(said.find("does not compile"), std::string::npos) << said;
        EXPECT_EQ(said.find("crashed"), std::string::npos) << said;
        EXPECT_EQ(said.find("ended after"), std::string::npos) << said;
    }
    for (const auto& [number, full] : is_full) {
        EXPECT_FALSE(full) << "the starter of " << number << " has all points; "
                           << "in a workbook with exercises done it may";
    }
}

TEST(GradeTest, EverySolutionHasFullMarks) {
    if (!has_solutions()) GTEST_SKIP() << "a handout has no solutions";
    const TemporaryFolder output;
    const Outcome outcome = run_grader(
        {"--solutions", "--output", output.path(), "--without-fast"});
    ASSERT_TRUE(outcome.ok()) << outcome.output;
    const auto tests = tests_of(output / "results.json");
    EXPECT_FALSE(tests.empty());
    for (const auto& [name, test] : tests) {
        const bool is_fast = name.find("fast") != std::string::npos;
        if (is_fast || !was_judged(test)) continue;
        EXPECT_EQ(test.at("score"), test.at("max_score"))
            << name << ": " << test.at("output");
    }
    EXPECT_NE(read_text(output / "junit.xml").find("05_grey.correct"),
              std::string::npos);
    // A criterion that is worth nothing and has no test is left out.
    EXPECT_TRUE(tests.contains("26.correct"));
    EXPECT_FALSE(tests.contains("26.parallel"));
}

TEST(GradeTest, WhatMisbehavesCostsItsOwnPointsAndNoOthers) {
    const fs::path misbehaving = source / "tests/grade/submissions";
    if (!fs::exists(misbehaving)) GTEST_SKIP() << "a handout has none";
    const Marks serial = {{"correct", 3}, {"parallel", 0}, {"race_free", 0}};
    const Marks wrong = {{"correct", 0}, {"parallel", 3}, {"race_free", 3}};
    std::map<std::string, Marks> expected = {
        // It shares nothing out, but its threads are there, and race nowhere.
        {"all_in_critical",
         {{"correct", 3}, {"parallel", 0}, {"race_free", 3}}},
        {"clang_refuses", {{"correct", 3}, {"parallel", 3}, {"race_free", 0}}},
        {"crashes", none},
        {"deadlock", none},
        {"does_not_compile", none},
        {"eats_memory", none},
        {"endless_loop", none},
        {"exits", none},
        {"floods_output", none},
        {"forges_its_results", none},
        {"leaves_a_process", all},
        {"logs_a_row_often",
         {{"correct", 3}, {"parallel", 0}, {"race_free", 3}}},
        {"misspelt_pragma", none},
        {"only_for_gcc", {{"correct", 3}, {"parallel", 3}, {"race_free", 0}}},
        {"own_main", none},
        {"perfect", all},
        {"prints_passed", none},
        {"racy_but_right", {{"correct", 3}, {"parallel", 3}, {"race_free", 0}}},
        {"right_but_serial", serial},
        {"without_for", none},
        {"wrong_at_3_threads", wrong},
        {"wrong_for_empty", wrong},
        {"wrong_name", none},
    };
    const TemporaryFolder submissions;
    const TemporaryFolder output;
    const auto folder_of = [&](const std::string& student) {
        const fs::path folder = submissions / student / "lessons/05_grey";
        fs::create_directories(folder);
        return folder;
    };
    // The other exercise of some students is right.
    const std::vector<std::string> with_another = {"crashes",
                                                   "does_not_compile", "link"};
    for (const std::string& student : with_another) {
        const fs::path other = submissions / student / "lessons/03_squares";
        fs::create_directories(other);
        fs::copy_file(source / "lessons/03_squares/solution.cpp",
                      other / "exercise.cpp");
    }
    for (const auto& entry : fs::directory_iterator(misbehaving)) {
        const std::string student = entry.path().stem();
        ASSERT_TRUE(expected.contains(student)) << student;
        fs::copy_file(entry.path(), folder_of(student) / "exercise.cpp");
    }
    const std::string perfect = read_text(misbehaving / "perfect.cpp");
    const std::string starter = read_text(misbehaving / "right_but_serial.cpp");

    expected["windows"] = all;  // a byte order mark, and its line ends
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : perfect) {
        windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    }
    write_text(folder_of("windows") / "exercise.cpp", windows);
    expected["link"] = none;
    fs::create_symlink(misbehaving / "perfect.cpp",
                       folder_of("link") / "exercise.cpp");
    expected["missing"] = none;
    folder_of("missing");
    expected["empty"] = none;
    write_text(folder_of("empty") / "exercise.cpp", "\n");
    expected["utf_16"] = none;
    std::string wide = "\xFF\xFE";
    for (const char c : perfect) wide += {c, '\0'};
    write_text(folder_of("utf_16") / "exercise.cpp", wide);
    expected["edits_a_test"] = serial;
    write_text(folder_of("edits_a_test") / "exercise.cpp", starter);
    const fs::path edited = submissions / "edits_a_test" / "tests";
    fs::create_directories(edited / "exercises");
    fs::create_directories(edited / "grade");
    write_text(edited / "exercises/05_grey.cpp", "TEST(Correct, Yes) {}\n");
    write_text(edited / "grade/points.json",
               R"({"default": {"correct": 100}})");

    const std::vector<std::string> arguments = {
        "--submissions", submissions.path(),
        "--output",      output.path(),
        "--lessons",     "03,05",
        "--jobs",        "2",
        "--without-fast"};
    const Outcome outcome = run_grader(arguments);
    ASSERT_TRUE(outcome.ok()) << outcome.output;
    for (const auto& [student, marks] : expected) {
        SCOPED_TRACE(student);
        const auto tests = tests_of(output / student / "results.json");
        expect_marks(tests, "05", marks);
        const bool has_another =
            std::count(with_another.begin(), with_another.end(), student) > 0;
        expect_marks(tests, "03", has_another ? all : none);
    }
    const std::map<std::string, std::string> told = {
        {"empty", "lessons/05_grey/exercise.cpp is empty"},
        {"misspelt_pragma", "line 6: `paralel`: did you mean `parallel`?"},
        {"missing", "`make reset-05 FILE=exercise.cpp`"},
        {"own_main", "a `main` of its own: delete it"},
        {"utf_16", "is saved as UTF-16: save it as UTF-8"},
        {"wrong_name", "is missing in exercise.cpp: `negative(Image&, "},
    };
    for (const auto& [student, sentence] : told) {
        const auto tests = tests_of(output / student / "results.json");
        const std::string said = tests.at("05.correct").at("output");
        EXPECT_NE(said.find(sentence), std::string::npos) << said;
    }
    const auto by_clang = tests_of(output / "clang_refuses/results.json");
    if (was_judged(by_clang.at("05.race_free"))) {
        const std::string said = by_clang.at("05.race_free").at("output");
        EXPECT_EQ(said.find("by clang++: it does not compile\nexercise.cpp:6:"),
                  0U)
            << said;
    }
    const std::string csv = read_text(output / "grades.csv");
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'),
              static_cast<std::ptrdiff_t>(expected.size()) + 1);
    EXPECT_NE(csv.find("\nperfect,"), std::string::npos) << csv;

    // What is graded is not graded again, until it changes.
    write_text(submissions / "missing" / "lessons/05_grey/exercise.cpp",
               starter);
    const Outcome again = run_grader(arguments);
    // Two at a time, any student may be the first line.
    const std::string lines = "\n" + again.output;
    const auto is_as_before = [&lines](const std::string& student) {
        const std::size_t line = lines.find("\n" + student + " ");
        if (line == std::string::npos) return false;
        const std::size_t end = lines.find('\n', line + 1);
        return lines.substr(line, end - line).find("(as before)") !=
               std::string::npos;
    };
    for (const char* student :
         {"crashes", "exits", "own_main", "perfect", "without_for"}) {
        EXPECT_TRUE(is_as_before(student)) << student << again.output;
    }
    EXPECT_FALSE(is_as_before("missing")) << again.output;
    expect_marks(tests_of(output / "missing" / "results.json"), "05", serial);

    // `fast` waits until nobody else is graded.
    const TemporaryFolder two;
    for (const char* student : {"crashes", "perfect"}) {
        fs::copy(submissions / student, two / student,
                 fs::copy_options::recursive);
    }
    const auto said_of_fast = [&output] {
        return tests_of(output / "perfect/results.json")
            .at("05.fast")
            .at("output")
            .get<std::string>();
    };
    EXPECT_NE(said_of_fast().find("measured at the end"), std::string::npos);
    const Outcome with_fast =
        run_grader({"--submissions", two.path(), "--output", output.path(),
                    "--lessons", "05", "--jobs", "2"});
    EXPECT_TRUE(with_fast.ok()) << with_fast.output;
    const std::size_t at_the_end =
        with_fast.output.find("`fast`, one student at a time:\n");
    ASSERT_NE(at_the_end, std::string::npos) << with_fast.output;
    EXPECT_NE(with_fast.output.find("\nperfect ", at_the_end),
              std::string::npos)
        << with_fast.output;
    // Of lesson 03, which was not asked for, there would be more to measure.
    EXPECT_EQ(with_fast.output.find("\ncrashes ", at_the_end),
              std::string::npos)
        << with_fast.output;
    EXPECT_EQ(said_of_fast().find("measured at the end"), std::string::npos);
}

TEST(GradeTest, AClassIsGradedOnWhateverHappensToOneStudent) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    // They do not compile: that is quick, and it is said in their reports.
    for (const char* student : {"anna", "berta", "carl"}) {
        const fs::path exercise =
            folder / ("class/" + std::string(student)) / "05_grey";
        fs::create_directories(exercise);
        write_text(exercise / "exercise.cpp", student);
    }
    write_text(folder / "roster.csv",
               "id,name,e-mail\n1,Anna,anna@x.org\n4,Dora,dora@x.org\n");
    // Ends the grader of the class at the second student, without a warning,
    // and then fails with the third.
    write_text(folder / "launch",
               "mkdir $0.once 2>/dev/null && exec \"$@\"\n"
               "mkdir $0.twice 2>/dev/null && kill -KILL $PPID\n"
               "case \"$*\" in *carl*) echo 'no: node is down'; exit 3; esac\n"
               "exec \"$@\"\n");
    const std::vector<std::string> arguments = {
        "--submissions", folder / "class",
        "--output",      folder / "out",
        "--lessons",     "05",
        "--jobs",        "1",
        "--roster",      folder / "roster.csv",
        "--races-build", folder.path()};
    std::vector<std::string> launched = arguments;
    launched.insert(
        launched.end(),
        {"--launcher", "env A=B sh " + (folder / "launch").string()});
    const Command how = {.program = grader,
                         .arguments = launched,
                         .environment = {{"TMPDIR", folder.path()}}};
    EXPECT_EQ(run_process(how).signal, SIGKILL);
    EXPECT_TRUE(fs::exists(folder / "out/anna/results.json"));
    EXPECT_FALSE(fs::exists(folder / "out/carl/results.json"));

    const Outcome again = run_process(how);
    EXPECT_EQ(again.exit_status, 1) << again.output;
    EXPECT_NE(again.output.find("could not be graded:\n  carl: no: node is"),
              std::string::npos)
        << again.output;
    EXPECT_NE(again.output.find("(as before)"), std::string::npos)
        << again.output;
    EXPECT_NE(again.output.find("4 students, 1 graded now"), std::string::npos)
        << again.output;
    const std::string csv = read_text(folder / "out/grades.csv");
    for (const char* row :
         {"\nAnna,1,anna@x.org,0,10,,0,10,0,0,0,0\n", "\nberta,,,0,10,,0,10,",
          "\ncarl,,,0,10,could not be graded: no: node is down,",
          "\nDora,4,dora@x.org,0,10,nothing was handed in,"}) {
        EXPECT_NE(csv.find(row), std::string::npos) << row << csv;
    }

    // One student alone, for another lesson: a further column for all.
    std::vector<std::string> one = arguments;
    one[5] = "26";
    one.insert(one.end(), {"--student", "carl"});
    const Outcome carl = run_grader(one);
    EXPECT_NE(carl.output.find("4 students, 1 graded now"), std::string::npos)
        << carl.output;
    const std::string more = read_text(folder / "out/grades.csv");
    EXPECT_NE(more.find("05_grey,05_grey max"), std::string::npos) << more;
    EXPECT_NE(more.find("26_which_loops,26_which_"), std::string::npos) << more;
    // The only criterion of 26: the others are worth nothing.
    EXPECT_NE(more.find(",26.correct\n"), std::string::npos) << more;
    one.back() = "nobody";
    EXPECT_NE(run_grader(one).exit_status, 0);
}

TEST(GradeTest, ACheckShowsTheThreadsOfATeamOfFour) {
    if (is_handout()) GTEST_SKIP() << "a handout has no submissions";
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    fs::create_directories(folder / "lessons/05_grey");
    fs::copy_file(source / "tests/grade/submissions/perfect.cpp",
                  folder / "lessons/05_grey/exercise.cpp");
    const Outcome outcome =
        run_grader({"--check", "05", "--submission", folder.path()});
    EXPECT_TRUE(outcome.ok()) << outcome.output;
    // Each thread has some of the 64 rows.
    for (int thread = 0; thread < 4; ++thread) {
        const std::string line = fmt::format("\nthread {}  |", thread);
        const std::size_t at = outcome.output.find(line);
        ASSERT_NE(at, std::string::npos) << outcome.output;
        const std::string items = outcome.output.substr(at + line.size(), 60);
        EXPECT_NE(items.find_first_of("0123456789"), std::string::npos)
            << outcome.output;
    }
    EXPECT_EQ(outcome.output.find("\nthread 4"), std::string::npos);
}

TEST(GradeTest, WhatAUserHasSetForOpenMPAndForFilesChangesNoPoints) {
    if (is_handout()) GTEST_SKIP() << "a handout has no submissions";
    Command how = {.program = grader,
                   .environment = {{"OMP_DYNAMIC", "true"},
                                   {"OMP_THREAD_LIMIT", "1"},
                                   {"OMP_MAX_ACTIVE_LEVELS", "0"},
                                   {"OMP_NUM_THREADS", ""}}};
    how.prepare = [] {
        constexpr mode_t all_but_owner = 077;
        umask(all_but_owner);
    };
    expect_all_marks(grade_one("perfect", how));

    how.prepare = nullptr;
    how.environment.back() = {"OMP_NUM_THREADS", "100000"};
    how.environment.emplace_back("TMPDIR", "/missing");
    const OneGrading grading = grade_one("perfect", how);
    expect_all_marks(grading);
    EXPECT_NE(grading.outcome.output.find(
                  "grade: cannot use /missing: there is no such folder"),
              std::string::npos)
        << grading.outcome.output;
}

TEST(GradeTest, ATemporaryFolderWithASpaceInItsNameWillDo) {
    if (is_handout()) GTEST_SKIP() << "a handout has no submissions";
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    fs::create_directory(folder / "with a space");
    const OneGrading grading =
        grade_one("racy_but_right",
                  {.program = grader,
                   .environment = {{"TMPDIR", folder / "with a space"}}});
    expect_marks(grading.tests, "05",
                 {{"correct", 3}, {"parallel", 3}, {"race_free", 0}});
    const std::string said = grading.tests.at("05.race_free").at("output");
    if (has_detector()) {
        EXPECT_EQ(said.find("a data race"), 0U) << said;
    }
    EXPECT_TRUE(fs::is_empty(folder / "with a space"));
}

TEST(GradeTest, ADetectorThatCannotBeReliedOnCostsNoPoints) {
    if (is_handout()) GTEST_SKIP() << "a handout has no submissions";
    if (!has_detector()) GTEST_SKIP() << "no race detector here";
    // A build for the detector with a recipe of its own.
    const fs::path built = source / "build-tsan";
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    fs::create_symlink(built / "tests", folder / "tests");
    fs::create_symlink(built / "lessons", folder / "lessons");
    const std::string recipe = read_text(built / "exercise_recipe");
    const auto expect_not_judged = [&](const std::string& more,
                                       const std::string& why) {
        std::string changed = recipe;
        changed.insert(changed.find("\nlibraries ") + 11, more + " ");
        write_text(folder / "exercise_recipe", changed);
        const Json test = grade_one("crashes", {.program = grader},
                                    {"--races-build", folder.path()})
                              .tests.at("05.race_free");
        EXPECT_FALSE(was_judged(test)) << test;
        const std::string said = test.at("output");
        EXPECT_NE(said.find(why), std::string::npos) << said;
    };
    // Without Archer, which the runtime loads as a tool, when it starts.
    write_text(folder / "no_tool.cpp",
               "#include <cstdlib>\n"
               "[[gnu::constructor]] void no_tool() {\n"
               "    setenv(\"OMP_TOOL\", \"disabled\", 1);\n"
               "}\n");
    expect_not_judged((folder / "no_tool.cpp").string(),
                      "reports a program that has no race");
    EXPECT_TRUE(fs::exists(folder / "tried/canary_clean")) << "it is kept";
    // The recipe is newer than what was kept.
    expect_not_judged("-lno_such_library", "no_such_library");

    // The tests of another commit, or of a build that has failed.
    fs::remove(folder / "tests");
    fs::create_directories(folder / "tests/exercises");
    for (const char* name : {"lib05_grey_exercise.a", "libcanary_exercise.a"}) {
        fs::copy_file(built / "tests/exercises" / name,
                      folder / "tests/exercises" / name);
    }
    expect_not_judged("", "are not built (`make grader` builds them)");
    write_text(folder / "tests/exercises/05_grey.built", "");
    fs::last_write_time(folder / "tests/exercises/05_grey.built",
                        fs::last_write_time(source / "common/image.hpp") -
                            std::chrono::hours(24 * 365 * 10));
    expect_not_judged("", "the tests under the race detector are older than ");
}

TEST(GradeTest, WithoutASandboxEachReportSaysSoOrNothingIsGraded) {
    if (is_handout()) GTEST_SKIP() << "a handout has no submissions";
    const TemporaryFolder folder;
    const fs::path bwrap = folder / "bwrap";
    write_text(bwrap, "#!/bin/sh\necho bwrap: No permissions >&2; exit 1\n");
    fs::permissions(bwrap, fs::perms::all);
    const Command how = {.program = grader,
                         .environment = {{"PATH", folder.path().string() + ":" +
                                                      std::getenv("PATH")}}};
    const OneGrading grading = grade_one("perfect", how);
    expect_marks(grading.tests, "05", all);
    EXPECT_EQ(grading.outcome.output.find(
                  "Graded without a sandbox: bwrap: No permissions"),
              0U)
        << grading.outcome.output;
    const Outcome refused = run_grader(
        {"--require-sandbox", "--lessons", "05", "--output", folder.path()},
        how);
    EXPECT_EQ(refused.exit_status, 1);
    EXPECT_NE(refused.output.find("grade: no sandbox: bwrap: No permissions"),
              std::string::npos)
        << refused.output;
}

TEST(GradeTest, WhatAUserHasSetForOpenMPFailsNoTest) {
    if (!has_solutions()) GTEST_SKIP() << "a handout has no solutions";
    const Outcome outcome =
        run_process({.program = "ctest",
                     .arguments = {"--test-dir", WORKBOOK_BUILD,
                                   "--tests-regex", "^05_grey_solution_test$",
                                   "--no-tests=error", "--output-on-failure"},
                     .environment = {{"OMP_NUM_THREADS", "100000"},
                                     {"OMP_DYNAMIC", "true"},
                                     {"OMP_THREAD_LIMIT", "1"},
                                     {"OMP_MAX_ACTIVE_LEVELS", "0"}}});
    EXPECT_TRUE(outcome.ok()) << outcome.output;
}

TEST(GradeTest, WrongUseIsToldWithStatus2AndWhatToDo) {
    const Outcome unknown = run_grader({"--check", "99"});
    EXPECT_EQ(unknown.exit_status, 2);
    EXPECT_NE(unknown.output.find("05_grey"), std::string::npos)
        << unknown.output;
    const Outcome missing = run_grader({"--submission", "/nowhere"});
    EXPECT_EQ(missing.exit_status, 1);
    EXPECT_NE(missing.output.find("/nowhere: no such folder"),
              std::string::npos)
        << missing.output;
    const Outcome named = run_grader({"--submission", "/no\n\x1b[31m"});
    EXPECT_NE(named.output.find("/no??[31m: no such folder"), std::string::npos)
        << named.output;
    const Outcome both =
        run_grader({"--check", "05", "--submissions", source.string()});
    EXPECT_EQ(both.exit_status, 2);
}

TEST(GradeStepTest, AMachinesTroubleIsNotToldAsTheStudentsMistake) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    const auto expect_skipped = [&](const std::string& what,
                                    const std::vector<std::string>& command,
                                    const std::string& why) {
        const fs::path verdict = folder / "verdict.json";
        std::vector<std::string> arguments = {
            what, "exercise.cpp", folder / "step", verdict, "10", "none"};
        arguments.insert(arguments.end(), command.begin(), command.end());
        const Outcome outcome = run_process(
            {.program = grader.string() + "_step", .arguments = arguments});
        constexpr int skipped = 77;
        EXPECT_EQ(outcome.exit_status, skipped) << outcome.output;
        ASSERT_TRUE(read_verdict(verdict)) << why;
        EXPECT_EQ(read_verdict(verdict)->status, Status::skipped);
        EXPECT_EQ(read_verdict(verdict)->why, why);
    };
    const std::string full =
        (folder / "step").string() +
        ": no space left: set TMPDIR to a folder with more";
    const std::string killed =
        "the compiler was ended: the system has too little memory";
    const std::map<std::string, std::string> said = {
        {"ld: final link failed: No space left on device", full},
        {"x.s: Fatal error: cannot write: Disk quota exceeded", full},
        {"g++: fatal error: Killed signal terminated program cc1plus", killed},
        {"clang: error: unable to execute command: Killed", killed},
        {"g++: fatal error: cannot execute 'cc1plus': execvp: No such file",
         "the compiler does not work: g++: fatal error: cannot execute "
         "'cc1plus': execvp: No such file"}};
    for (const auto& [text, why] : said) {
        expect_skipped("compile", {"sh", "-c", "echo \"" + text + "\"; exit 1"},
                       why);
    }
    for (const char* what : {"compile", "correct"}) {
        expect_skipped(
            what, {"/nowhere/c++", "exercise.cpp"},
            "/nowhere/c++: cannot be started: No such file or directory");
    }
}

TEST(GradeStepTest, WrongUseIsToldWithStatus2) {
    const Outcome outcome = run_process(
        {.program = grader.string() + "_step", .arguments = {"compile"}});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_NE(outcome.output.find("Usage:"), std::string::npos);
}

TEST(KnownSoFarTest, SaysWhatIsKnownAndWhatStillRuns) {
    const TemporaryFolder work;
    Kit kit;
    const auto line = [&] { return known_so_far(kit, "05_grey", work.path()); };
    const auto write = [&](const std::string& step, Status status) {
        write_verdict({.status = status}, work / ("05_grey." + step + ".json"));
    };
    EXPECT_EQ(line(), "05_grey: compiling");
    write("compile_release", Status::passed);
    EXPECT_EQ(line(),
              "05_grey: still running: correct, parallel, race_free, fast");
    write("correct", Status::passed);
    write("race_free", Status::passed);  // but not yet without optimisation
    EXPECT_EQ(line(),
              "05_grey: correct passed; still running: parallel, race_free, "
              "fast");
    write("parallel", Status::failed);
    EXPECT_EQ(line(),
              "05_grey: correct passed, parallel failed; still running: "
              "race_free");
    kit.no_detector = "none";
    write("parallel", Status::passed);
    EXPECT_EQ(line(),
              "05_grey: correct passed, parallel passed; still running: fast");
}

TEST(PointsTest, ALessonsOwnFigureReplacesTheGeneralOne) {
    const TemporaryFolder folder;
    write_text(folder / "points.json",
               "// a comment\n{\"default\": {\"correct\": 2, \"fast\": 1},\n"
               "\"05_grey\": {\"fast\": 0.5}}");
    const auto points =
        read_points(folder / "points.json", {"03_squares", "05_grey"});
    ASSERT_EQ(points.size(), 8U);
    EXPECT_EQ(points[0].maximum, 2.0);  // 03 correct
    EXPECT_EQ(points[1].maximum, 0.0);  // 03 parallel: not named
    EXPECT_EQ(points[3].maximum, 1.0);  // 03 fast
    EXPECT_EQ(points[4].maximum, 2.0);  // 05 correct
    EXPECT_EQ(points[7].maximum, 0.5);  // 05 fast
}

TEST(PointsTest, AWrongFileIsRefusedByName) {
    const TemporaryFolder folder;
    const fs::path file = folder / "points.json";
    for (const char* text :
         {"{", "{}", R"({"default": {"korrect": 1}})",
          R"({"default": {"correct": -1}})", R"({"default": {"correct": "3"}})",
          R"({"default": {}, "77_x": {}})"}) {
        write_text(file, text);
        try {
            read_points(file, {"05_grey"});
            ADD_FAILURE() << text;
        } catch (const std::invalid_argument& error) {
            EXPECT_EQ(std::string(error.what()).find(file.string()), 0U)
                << error.what();
        }
    }
}
