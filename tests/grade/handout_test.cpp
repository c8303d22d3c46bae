// The students' archive, unpacked and used.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "common/png.hpp"
#include "common/programs/process.hpp"
#include "common/thread_map.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

Outcome run(const std::string& program,
            const std::vector<std::string>& arguments) {
    return run_process({.program = program, .arguments = arguments});
}

}  // namespace

TEST(HandoutTest, HasNoSolutionsAndGradesAnExercise) {
    const fs::path workbook = WORKBOOK_SOURCE;
    if (!fs::exists(workbook / ".git")) {
        GTEST_SKIP() << "only a clone makes handouts";
    }
    const TemporaryFolder folder;
    const fs::path archive = folder / "handout.tar.gz";
    // Not through `make`: it might be running this.
    const Outcome packed =
        run_process({.program = "sh",
                     .arguments = {"common/programs/handout.sh", archive},
                     .prepare = [&] { fs::current_path(workbook); }});
    ASSERT_TRUE(packed.ok()) << packed.output;
    ASSERT_TRUE(run("tar", {"xzf", archive, "-C", folder.path()}).ok());

    const fs::path handout = folder / "openmp-workbook";
    for (const auto& entry : fs::recursive_directory_iterator(handout)) {
        EXPECT_NE(entry.path().filename(), "solution.cpp");
    }
    for (const char* left_out :
         {"docs/instructors.md", "docs/course.md", "docs/exam.md",
          "docs/grading.md", "docs/assignments", "docs/gradescope",
          "tests/grade/submissions", ".ci"}) {
        EXPECT_FALSE(fs::exists(handout / left_out)) << left_out;
    }
    for (const auto& lesson : fs::directory_iterator(workbook / "lessons")) {
        if (!fs::exists(lesson.path() / "solution.cpp")) continue;
        EXPECT_TRUE(fs::exists(handout / "lessons" / lesson.path().filename() /
                               "exercise.cpp"))
            << lesson.path();
    }

    // This starter notes who does which band, and one thread does all of them.
    const Outcome checked = run("make", {"-C", handout, "check-06"});
    EXPECT_FALSE(checked.ok());
    EXPECT_NE(checked.output.find("06_red: "), std::string::npos)
        << checked.output;
    // The last word is the grader's, not make's "*** Error 1".
    EXPECT_EQ(checked.output.find("***"), std::string::npos) << checked.output;
    EXPECT_NE(
        checked.output.find(
            "Not finished yet: next, hint 1 of \"Make\" in lessons/06_red/"),
        std::string::npos)
        << checked.output;
    const std::string picture = "results/06_red/check.png";
    EXPECT_NE(checked.output.find("in its colour: " + picture),
              std::string::npos)
        << checked.output;
    const Image map = read_png(handout / picture);
    EXPECT_GE(map.height(), 200);
    EXPECT_TRUE(std::all_of(
        map.pixels().begin(), map.pixels().end(),
        [](const Pixel& pixel) { return pixel == thread_colour(0); }));

    // Without git, a starter comes back; what was written stays beside it.
    const fs::path lesson = handout / "lessons/05_grey";
    const std::string starter = read_text(lesson / "exercise.cpp");
    write_text(lesson / "exercise.cpp", "mine");
    fs::remove(lesson / "parallel.cpp");
    const Outcome reset = run("make", {"-C", handout, "reset-5"});
    EXPECT_TRUE(reset.ok()) << reset.output;
    EXPECT_EQ(read_text(lesson / "exercise.cpp"), starter);
    EXPECT_EQ(read_text(lesson / "parallel.cpp"),
              read_text(workbook / "lessons/05_grey/parallel.cpp"));
    std::vector<std::string> kept;
    for (const auto& entry : fs::directory_iterator(lesson)) {
        const std::string name = entry.path().filename();
        if (name.starts_with("exercise.cpp.")) {
            kept.push_back(read_text(entry.path()));
        }
    }
    EXPECT_EQ(kept, std::vector<std::string>{"mine"});
}
