#include "tests/grade/threads.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>

#include "common/png.hpp"
#include "common/thread_map.hpp"
#include "tests/support/files.hpp"

TEST(ThreadsTest, ATimelineShowsWhoDidWhichItem) {
    // Thread 0 does items 0 and 11, thread 1 item 2; nobody else does anything.
    const std::string text =
        threads_text("4 0  0 0 0 1000  2 1 0 2000  11 0 1000 2000");
    const std::string half(30, '0');
    EXPECT_EQ(text,
              "Who does which item (its last digit), in a team of 4, if each "
              "takes a moment:\n"
              "thread 0  |" +
                  half + std::string(30, '1') + "|\n" + "thread 1  |" +
                  std::string(60, '2') + "|\n" + "thread 2  |" +
                  std::string(60, '.') + "|\n" + "thread 3  |" +
                  std::string(60, '.') + "|\n");
}

TEST(ThreadsTest, WhatIsNoRecordIsNotShown) {
    for (const char* record :
         {"", "4", "4 1", "4 -1  0 0 0 10", "4 65  0 0 0 10", "0 1  0 0 0 10",
          "-1 1  0 0 0 10", "5 1  0 4 0 10", "1000000000 1  0 0 0 10",
          "2 1  0 2 0 10", "2 1  0 -1 0 10", "2 1  -1 0 0 10", "2 1  0 0 10 0",
          "2 1  0 0 -5 10", "2 1  0 0 0 99999999999",
          "2 1  0 0 0 99999999999999999999999", "2 1  0 0 0 10  x",
          "2 1  \x1b[2J", "2 1  0 0 nan 10"}) {
        EXPECT_EQ(threads_text(record), "") << record;
        EXPECT_EQ(threads_picture(record), Image()) << record;
    }
}

TEST(ThreadsTest, APictureHasEachRowInItsThreadsColour) {
    // Of four rows nobody did the third.
    const Image picture = threads_picture("4 1  3 1 0 10  0 3 0 10  1 1 20 30");
    ASSERT_EQ(picture.width(), 256);
    ASSERT_EQ(picture.height(), 256);
    const std::array<Pixel, 4> colours = {thread_colour(3), thread_colour(1),
                                          Pixel{0, 0, 0}, thread_colour(1)};
    for (int y = 0; y < picture.height(); ++y) {
        const Pixel expected = colours.at(static_cast<std::size_t>(y / 64));
        for (const Pixel& pixel : picture.row(y)) {
            ASSERT_EQ(pixel, expected) << "in row " << y;
        }
    }
}

TEST(ThreadsTest, APictureHasPartsInColumns) {
    // 0 1
    // 2
    const Image picture = threads_picture("2 2  0 0 0 10  2 0 20 30  1 1 0 10");
    ASSERT_EQ(picture.width(), 256);
    ASSERT_EQ(picture.height(), 256);
    EXPECT_EQ(picture.row(127)[127], thread_colour(0));
    EXPECT_EQ(picture.row(127)[128], thread_colour(1));
    EXPECT_EQ(picture.row(128)[127], thread_colour(0));
    EXPECT_EQ(picture.row(128)[128], (Pixel{0, 0, 0}));
}

TEST(ThreadsTest, WhatIsNoPictureIsNotDrawn) {
    EXPECT_EQ(threads_picture("2 0  0 0 0 10"), Image());
    EXPECT_EQ(threads_picture("2 1  4096 0 0 10"), Image());
    EXPECT_EQ(threads_picture("2 1  9223372036854775807 0 0 10"), Image());
    EXPECT_EQ(threads_picture("2 1  4095 0 0 10").height(), 4096);
}

TEST(ThreadsTest, APictureIsWrittenThroughNoLink) {
    const TemporaryFolder folder;
    const std::string record = "2 1  0 1 0 10";
    const std::filesystem::path file = folder / "results/05_grey/check.png";
    EXPECT_FALSE(write_threads_picture("2 0  0 1 0 10", file));
    EXPECT_FALSE(std::filesystem::exists(folder / "results"));

    write_text(folder / "other", "keep me");
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::create_symlink(folder / "other", file);
    EXPECT_TRUE(write_threads_picture(record, file));
    EXPECT_EQ(read_text(folder / "other"), "keep me");
    EXPECT_EQ(read_png(file), threads_picture(record));

    std::filesystem::create_directories(folder / "elsewhere/05_grey");
    std::filesystem::create_symlink(folder / "elsewhere/05_grey",
                                    folder / "results/06_red");
    EXPECT_FALSE(
        write_threads_picture(record, folder / "results/06_red/check.png"));
    std::filesystem::create_symlink(folder / "elsewhere", folder / "linked");
    EXPECT_FALSE(
        write_threads_picture(record, folder / "linked/05_grey/check.png"));
    EXPECT_TRUE(std::filesystem::is_empty(folder / "elsewhere/05_grey"));
}
