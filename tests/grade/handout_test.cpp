// The students' archive, unpacked and used.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/programs/process.hpp"
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
        run("git", {"-C", workbook, "archive", "--format=tar.gz", "--output",
                    archive, "--prefix=handout/", "HEAD"});
    ASSERT_TRUE(packed.ok()) << packed.output;
    ASSERT_TRUE(run("tar", {"xzf", archive, "-C", folder.path()}).ok());

    const fs::path handout = folder / "handout";
    for (const auto& entry : fs::recursive_directory_iterator(handout)) {
        EXPECT_NE(entry.path().filename(), "solution.cpp");
    }
    for (const char* left_out :
         {"docs/instructors.md", "docs/grading.md", "docs/assignments",
          "docs/gradescope", "tests/grade/submissions", ".ci"}) {
        EXPECT_FALSE(fs::exists(handout / left_out)) << left_out;
    }
    for (const auto& lesson : fs::directory_iterator(workbook / "lessons")) {
        if (!fs::exists(lesson.path() / "solution.cpp")) continue;
        EXPECT_TRUE(fs::exists(handout / "lessons" / lesson.path().filename() /
                               "exercise.cpp"))
            << lesson.path();
    }

    const Outcome checked = run("make", {"-C", handout, "check-05"});
    EXPECT_FALSE(checked.ok());
    EXPECT_NE(checked.output.find("05_grey: "), std::string::npos)
        << checked.output;
    // The last word is the grader's, not make's "*** Error 1".
    EXPECT_EQ(checked.output.find("***"), std::string::npos) << checked.output;
    EXPECT_NE(
        checked.output.find(
            "Not finished yet: next, hint 2 of \"Make\" in lessons/05_grey/"),
        std::string::npos)
        << checked.output;
}
