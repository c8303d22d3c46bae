#include "tests/grade/threads.hpp"

#include <gtest/gtest.h>

TEST(ThreadsTest, ATimelineShowsWhoDidWhichItem) {
    // Thread 0 does items 0 and 11, thread 1 item 2; nobody else does anything.
    const std::string text =
        threads_text("4  0 0 0 1000  2 1 0 2000  11 0 1000 2000");
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
         {"", "4", "0  0 0 0 10", "-1  0 0 0 10", "5  0 4 0 10",
          "1000000000  0 0 0 10", "2  0 2 0 10", "2  0 -1 0 10", "2  -1 0 0 10",
          "2  0 0 10 0", "2  0 0 -5 10", "2  0 0 0 99999999999",
          "2  0 0 0 99999999999999999999999", "2  0 0 0 10  x", "2  \x1b[2J",
          "2  0 0 nan 10"}) {
        EXPECT_EQ(threads_text(record), "") << record;
    }
}
