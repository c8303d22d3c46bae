#include "common/image.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

TEST(ImageTest, ANewPictureIsBlackAndHasNoAlpha) {
    const Image image(3, 2);
    EXPECT_EQ(image.width(), 3);
    EXPECT_EQ(image.height(), 2);
    EXPECT_FALSE(image.has_alpha());
    EXPECT_TRUE(image.alpha().empty());
    ASSERT_EQ(image.pixels().size(), 6);
    for (const Pixel& pixel : image.pixels()) EXPECT_EQ(pixel, Pixel());
}

TEST(ImageTest, ANewPictureWithAlphaIsOpaque) {
    const Image image(3, 2, true);
    EXPECT_TRUE(image.has_alpha());
    ASSERT_EQ(image.alpha().size(), 6);
    for (const int opacity : image.alpha()) EXPECT_EQ(opacity, 255);
}

TEST(ImageTest, RowsFollowEachOther) {
    Image image(3, 2, true);
    image.row(1)[2] = {1, 2, 3};
    image.alpha_row(1)[2] = 4;
    EXPECT_EQ(image.pixels()[5], (Pixel{1, 2, 3}));
    EXPECT_EQ(image.alpha()[5], 4);
}

TEST(ImageTest, ANegativeSideIsRefused) {
    EXPECT_THROW(Image(-1, 2), std::invalid_argument);
    EXPECT_THROW(Image(1, -2), std::invalid_argument);
}
