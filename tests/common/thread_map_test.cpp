#include "common/thread_map.hpp"

#include <gtest/gtest.h>

#include "tests/support/work_logs.hpp"

TEST(ThreadMapTest, TheTimelineShowsWhatEachThreadWasDoing) {
    // A column is a quarter of a second; the first start is the left edge.
    EXPECT_EQ(timeline_text(three_items_of_four(), 1, "", 13),
              "thread 0  |0000.33333333|\n"
              "thread 1  |..1111.......|\n");
    EXPECT_EQ(timeline_text(three_items_of_four(), 3, "XYZ", 13),
              "thread 0  |XXXX.33333333|\n"
              "thread 1  |..YYYY.......|\n"
              "thread 2  |.............|\n");
    EXPECT_EQ(timeline_text(WorkLog({{.thread = 0, .start = 7.0, .end = 9.0}}),
                            1, "", 4),
              "thread 0  |0000|\n");
}

TEST(ThreadMapTest, TheTimelineOfNothingIsEmpty) {
    EXPECT_EQ(timeline_text(WorkLog(), 4), "");
    EXPECT_EQ(timeline_text(WorkLog(2), 4), "");
}

TEST(ThreadMapTest, TheThreadMapIsThreePartsColourToOnePartBrightness) {
    Image image(2, 4, true);
    image.row(0)[1] = {255, 255, 255};
    image.row(1)[0] = {10, 20, 40};  // brightness 70 / 3 = 23
    image.row(2)[0] = {1, 2, 3};
    image.alpha_row(1)[0] = 77;

    const Image map = thread_map(image, three_items_of_four());

    // Row 0 is thread 0's: orange, (230, 159, 0).
    EXPECT_EQ(map.row(0)[0], (Pixel{690 / 4, 477 / 4, 0}));
    EXPECT_EQ(map.row(0)[1], (Pixel{945 / 4, 732 / 4, 255 / 4}));
    // Row 1 is thread 1's: sky blue, (86, 180, 233).
    EXPECT_EQ(map.row(1)[0], (Pixel{281 / 4, 563 / 4, 722 / 4}));
    // Row 2 is nobody's.
    EXPECT_EQ(map.row(2)[0], (Pixel{1, 2, 3}));
    EXPECT_EQ(map.row(3)[0], (Pixel{690 / 4, 477 / 4, 0}));
    EXPECT_EQ(map.alpha_row(1)[0], 77);
    EXPECT_EQ(map.alpha_row(1)[1], 255);
}

TEST(ThreadMapTest, EightThreadsHaveColoursOfTheirOwn) {
    EXPECT_EQ(thread_colour(0), (Pixel{230, 159, 0}));  // Okabe and Ito's
    EXPECT_EQ(thread_colour(6), (Pixel{204, 121, 167}));
    for (int thread = 0; thread < 8; ++thread) {
        EXPECT_EQ(thread_colour(thread), thread_colour(thread + 8));
        for (int other = 0; other < thread; ++other) {
            EXPECT_NE(thread_colour(thread), thread_colour(other));
        }
    }
}
