#include <gtest/gtest.h>

#include "lessons/05_grey/grey.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

TEST(GreyTest, KnownPixelsBecomeTheirMeans) {
    for_each_team([] {
        Image image(5, 1);
        image.row(0)[0] = {0, 0, 0};
        image.row(0)[1] = {255, 255, 255};
        image.row(0)[2] = {1, 0, 1};        // 2 / 3 is rounded down to 0
        image.row(0)[3] = {10, 20, 40};     // 70 / 3 is 23
        image.row(0)[4] = {255, 255, 254};  // 764 / 3 is 254

        grey(image);

        EXPECT_EQ(image.row(0)[0], (Pixel{0, 0, 0}));
        EXPECT_EQ(image.row(0)[1], (Pixel{255, 255, 255}));
        EXPECT_EQ(image.row(0)[2], (Pixel{0, 0, 0}));
        EXPECT_EQ(image.row(0)[3], (Pixel{23, 23, 23}));
        EXPECT_EQ(image.row(0)[4], (Pixel{254, 254, 254}));
    });
}

TEST(GreyTest, ThreeTimesTheMeanIsAtMostTwoBelowTheSum) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            const Image before = speckled_picture(width, height);
            Image after = before;
            grey(after);
            for (int y = 0; y < height; ++y) {
                for (int x = 0; x < width; ++x) {
                    const Pixel was = before.row(y)[x];
                    const Pixel is = after.row(y)[x];
                    ASSERT_EQ(is.red, is.green) << "(" << x << ", " << y << ")";
                    ASSERT_EQ(is.red, is.blue) << "(" << x << ", " << y << ")";
                    const int sum = was.red + was.green + was.blue;
                    const int lost = sum - 3 * is.red;
                    ASSERT_TRUE(0 <= lost && lost <= 2)
                        << "(" << x << ", " << y << ")";
                }
            }
        }
    });
}

TEST(GreyTest, TheAlphaPlaneStaysAsItIs) {
    for_each_team([] {
        const Image before = speckled_picture(31, 17, true);
        Image after = before;
        grey(after);
        for (int y = 0; y < before.height(); ++y) {
            for (int x = 0; x < before.width(); ++x) {
                ASSERT_EQ(before.alpha_row(y)[x], after.alpha_row(y)[x]);
            }
        }
    });
}
