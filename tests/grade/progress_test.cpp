#include "tests/grade/progress.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

/// A grade of one lesson: 3 points for `correct`, 3 for `parallel`, 1 for
/// `fast`.
Grade grade_of(const std::string& lesson, bool parallel, bool fast) {
    Grade grade;
    const auto add = [&](const char* criterion, bool passed, double points) {
        Mark mark = {
            .of = {.lesson = lesson, .criterion = criterion, .maximum = points},
            .verdict = {.status = passed ? Status::passed : Status::failed},
            .points = passed ? points : 0.0};
        grade.marks.push_back(mark);
    };
    add("correct", true, 3.0);
    add("parallel", parallel, 3.0);
    add("fast", fast, 1.0);
    return grade;
}

/// A folder with an exercise, and the file that progress is noted in.
class ProgressTest : public testing::Test {
 protected:
    ProgressTest() { write_text(exercise_, "void f() {}\n"); }

    void note(const std::string& lesson, bool parallel, bool fast) const {
        note_progress(file_, grade_of(lesson, parallel, fast),
                      {{lesson, exercise_}});
    }
    [[nodiscard]] Exercise as_checked(const std::string& lesson) const {
        return {.lesson = lesson,
                .digest = digest_of_file(exercise_),
                .begun = true};
    }
    /// The files beside the noted progress.
    [[nodiscard]] std::vector<fs::path> others() const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(file_.parent_path())) {
            if (entry.path() != file_) found.push_back(entry.path());
        }
        return found;
    }

    TemporaryFolder folder_;
    fs::path exercise_ = folder_ / "exercise.cpp";
    fs::path file_ = folder_ / "results/progress.json";
};

}  // namespace

TEST_F(ProgressTest, WhatIsNotedIsReadAgain) {
    EXPECT_TRUE(read_progress(file_).empty());
    note("05_grey", false, false);
    note("06_red", true, true);
    note("05_grey", true, false);
    const Progress progress = read_progress(file_);
    ASSERT_EQ(progress.size(), 2U);
    EXPECT_EQ(progress.at("05_grey").points, 6.0);
    EXPECT_EQ(progress.at("05_grey").maximum, 7.0);
    EXPECT_TRUE(progress.at("05_grey").done);  // but for `fast`
    EXPECT_EQ(progress.at("05_grey").digest, digest_of_file(exercise_));
    EXPECT_EQ(progress.at("05_grey").when.size(), 16U);
    EXPECT_EQ(progress.at("06_red").points, 7.0);
    EXPECT_TRUE(others().empty());
}

TEST_F(ProgressTest, TheTableTellsStatesApartAndWhatIsNext) {
    const Progress progress = {
        {"01_a", {7, 7, true, "one", "2026-11-26 19:40"}},
        {"02_b", {6.5, 7, true, "two", "2026-11-26 19:41"}},
        {"03_c", {3, 7, false, "three", "2026-11-26 19:42"}},
        {"04_d", {7, 7, true, "four", "2026-11-26 19:43"}},
        {"06_f", {3, 7, false, "six", "2026-11-26 19:44"}}};
    const std::vector<Exercise> exercises = {
        {.lesson = "01_a", .digest = "one", .begun = true},
        {.lesson = "02_b", .digest = "two", .begun = true},
        {.lesson = "03_c", .digest = "three", .begun = true},
        {.lesson = "04_d", .digest = "changed", .begun = true},
        {.lesson = "05_e", .digest = "five", .begun = true},
        {.lesson = "06_f", .digest = "six", .begun = false},
        {.lesson = "07_g", .digest = "seven"},
        {.lesson = "08_h", .digest = ""}};
    EXPECT_EQ(progress_text(exercises, progress),
              "exercise        points           last checked\n"
              "01_a            all 7            2026-11-26 19:40\n"
              "02_b            6.5 of 7         2026-11-26 19:41\n"
              "03_c            3 of 7           2026-11-26 19:42\n"
              "04_d            begun            2026-11-26 19:43, "
              "changed since\n"
              "05_e            begun\n"
              "06_f            not begun\n"
              "07_g            not checked\n"
              "08_h            no exercise.cpp\n"
              "\n"
              "[#########.............................] "
              "2 of 8 exercises are done\n"
              "next: make 03\n");
    EXPECT_EQ(next_lesson(exercises, progress, "04_d"), "05_e");
    EXPECT_EQ(next_lesson(exercises, progress, "08_h"), "03_c");
    EXPECT_EQ(next_lesson({exercises[0], exercises[1]}, progress, "01_a"), "");
}

TEST_F(ProgressTest, WhatHasChangedSinceDoesNotCount) {
    note("05_grey", true, true);
    Exercise exercise = as_checked("05_grey");
    EXPECT_EQ(next_lesson({exercise}, read_progress(file_)), "");
    write_text(exercise_, "void g() {}\n");  // as long as before
    exercise = as_checked("05_grey");
    EXPECT_EQ(next_lesson({exercise}, read_progress(file_)), "05_grey");
}

TEST_F(ProgressTest, ADamagedFileIsKeptAsideAndToldOnce) {
    for (const std::string text : {"{\"05_grey\": {", "", "[]", "\xFF\x00"}) {
        note("05_grey", true, true);
        write_text(file_, text);
        testing::internal::CaptureStderr();
        EXPECT_TRUE(read_progress(file_).empty());
        EXPECT_NE(testing::internal::GetCapturedStderr().find(
                      "progress.json is damaged: it is now "),
                  std::string::npos);
        ASSERT_EQ(others().size(), 1U);
        EXPECT_EQ(read_text(others().front()), text);
        testing::internal::CaptureStderr();
        EXPECT_TRUE(read_progress(file_).empty());
        EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
        fs::remove(others().front());
    }
}

TEST_F(ProgressTest, OfADamagedFileTheEntriesThatCanBeReadStay) {
    note("05_grey", true, true);
    std::string text = read_text(file_);
    text.insert(text.find('{') + 1, "\"04_roots\": {\"points\": \"many\"},");
    write_text(file_, text);
    note("06_red", true, true);
    const Progress progress = read_progress(file_);
    EXPECT_EQ(progress.size(), 2U);
    EXPECT_TRUE(progress.contains("05_grey"));
    EXPECT_EQ(others().size(), 1U);
}

TEST_F(ProgressTest, GradersThatNoteAtOnceLoseNothing) {
    constexpr int graders = 8;
    std::vector<std::thread> threads;
    for (int i = 0; i < graders; ++i) {
        threads.emplace_back(
            [this, i] { note("0" + std::to_string(i) + "_x", true, true); });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(read_progress(file_).size(), static_cast<std::size_t>(graders));
}

TEST_F(ProgressTest, WhereItCannotBeWrittenThisIsSaid) {
    write_text(folder_ / "results", "a file, no folder");
    testing::internal::CaptureStderr();
    note("05_grey", true, true);
    EXPECT_EQ(testing::internal::GetCapturedStderr().find(
                  "grade: `make progress` will not know of this: "),
              0U);
}

TEST_F(ProgressTest, AStarterIsNotBegunUntilItIsChanged) {
    // A workbook without git, as a handout is.
    const fs::path lesson = folder_ / "lessons/05_grey";
    fs::create_directories(lesson);
    fs::create_directories(folder_ / "lessons/06_red");
    write_text(lesson / "exercise.cpp", "// to do\n");
    write_text(folder_ / "lessons/06_red/exercise.cpp", "// to do\n");
    fs::create_symlink(fs::path(WORKBOOK_SOURCE) / "common",
                       folder_ / "common");
    const auto begun = [&] {
        std::vector<std::optional<bool>> found;
        for (const Exercise& one : find_exercises(folder_.path())) {
            found.push_back(one.begun);
        }
        return found;
    };
    using States = std::vector<std::optional<bool>>;
    EXPECT_EQ(begun(), (States{std::nullopt, std::nullopt}));
    const Outcome packed = run_process(
        {.program = "tar",
         .arguments = {
             "-C", folder_.path(), "-czf", folder_ / "lessons/as_given.tar.gz",
             "lessons/05_grey/exercise.cpp", "lessons/06_red/exercise.cpp"}});
    ASSERT_TRUE(packed.ok()) << packed.output;
    EXPECT_EQ(begun(), (States{false, false}));
    write_text(lesson / "exercise.cpp", "// done\n");
    EXPECT_EQ(begun(), (States{true, false}));
    fs::remove(lesson / "exercise.cpp");
    EXPECT_EQ(begun(), (States{true, false}));
}
