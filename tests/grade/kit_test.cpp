#include "tests/grade/kit.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

/// Makes a file that was last changed so many hours after the others.
void make(const fs::path& file, int hours) {
    static const fs::file_time_type first = fs::file_time_type::clock::now();
    fs::create_directories(file.parent_path());
    write_text(file, "");
    fs::last_write_time(file, first + std::chrono::hours(hours));
}

}  // namespace

TEST(NewestSourceTest, IsACppOrHppFileThatTheTestsAreMadeOf) {
    const TemporaryFolder folder;
    const fs::path workbook = folder.path();
    make(workbook / "tests/exercises/05_grey.cpp", 1);
    make(workbook / "tests/exercises/exercise.hpp", 0);
    make(workbook / "lessons/05_grey/grey.hpp", 0);
    const auto newest = [&] { return newest_source(workbook, "05_grey"); };
    EXPECT_EQ(newest(), workbook / "tests/exercises/05_grey.cpp");

    // Scripts, texts, what the student edits, and other lessons' tests.
    for (const char* other :
         {"tests/races/race_check.sh", "tests/support/figures.sh",
          "common/CMakeLists.txt", "common/programs/process.cpp",
          "lessons/05_grey/README.md", "lessons/05_grey/exercise.cpp",
          "lessons/05_grey/parallel.cpp", "tests/exercises/06_red.cpp"}) {
        make(workbook / other, 10);
    }
    EXPECT_EQ(newest(), workbook / "tests/exercises/05_grey.cpp");

    int hours = 2;
    for (const char* source :
         {"lessons/05_grey/grey.hpp", "lessons/05_grey/parts/mask.cpp",
          "tests/exercises/exercise.cpp", "tests/exercises/exercise.hpp",
          "tests/races/pauses.cpp", "tests/support/filters.hpp",
          "common/image.hpp", "common/png.cpp"}) {
        make(workbook / source, hours++);
        EXPECT_EQ(newest(), workbook / source);
    }
}
