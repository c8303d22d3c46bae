#include "common/scale.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "tests/support/errors.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

/// A picture of one row, grey with these values.
Image grey_row(const std::vector<int>& values) {
    Image image(static_cast<int>(values.size()), 1);
    std::transform(values.begin(), values.end(), image.row(0).begin(),
                   [](int value) -> Pixel {
                       const auto grey = static_cast<std::uint8_t>(value);
                       return {grey, grey, grey};
                   });
    return image;
}

std::vector<int> reds_of_row(const Image& image, int y) {
    std::vector<int> reds;
    for (const Pixel& pixel : image.row(y)) reds.push_back(pixel.red);
    return reds;
}

/// A red plane's pixels, each cut into new_width x new_height pieces: the mean
/// of the pieces that new pixel (x, y) covers, rounded.
int mean_of_covered_pieces(const Image& image, int new_width, int new_height,
                           int x, int y) {
    std::int64_t sum = 0;
    for (int v = y * image.height(); v < (y + 1) * image.height(); ++v) {
        for (int u = x * image.width(); u < (x + 1) * image.width(); ++u) {
            sum += image.row(v / new_height)[u / new_width].red;
        }
    }
    const std::int64_t pieces = std::int64_t{image.width()} * image.height();
    return static_cast<int>((2 * sum + pieces) / (2 * pieces));
}

}  // namespace

TEST(ScaleTest, TheSameWidthGivesTheSamePicture) {
    for (const auto& [width, height] : picture_sizes) {
        if (width == 0) continue;
        const Image image = speckled_picture(width, height, true);
        EXPECT_EQ(difference(scale_to_width(image, width), image), "");
    }
}

TEST(ScaleTest, FourPixelsBecomeTheirMean) {
    Image image(2, 2);
    image.row(0)[0] = {10, 0, 255};
    image.row(0)[1] = {20, 1, 255};
    image.row(1)[0] = {30, 0, 255};
    image.row(1)[1] = {41, 1, 254};
    // The means are 25.25, 0.5 and 254.75; a half is rounded up.
    EXPECT_EQ(scale_to_width(image, 1).pixels()[0], (Pixel{25, 1, 255}));
}

TEST(ScaleTest, AWholeShrinkingFactorTakesMeansOfNeighbours) {
    const Image scaled = scale_to_width(grey_row({10, 20, 30, 50}), 2);
    EXPECT_EQ(reds_of_row(scaled, 0), (std::vector{15, 40}));
}

TEST(ScaleTest, APixelCoveredInPartWeighsThatPart) {
    // Each of two new pixels covers one and a half old ones.
    const Image scaled = scale_to_width(grey_row({0, 30, 90}), 2);
    EXPECT_EQ(reds_of_row(scaled, 0), (std::vector{10, 70}));
}

TEST(ScaleTest, ShrinkingTakesTheMeanOfTheAreaCovered) {
    const Image image = speckled_picture(13, 31);
    for (int width = 1; width < image.width(); ++width) {
        const Image scaled = scale_to_width(image, width);
        for (int y = 0; y < scaled.height(); ++y) {
            for (int x = 0; x < width; ++x) {
                EXPECT_EQ(scaled.row(y)[x].red,
                          mean_of_covered_pieces(image, width, scaled.height(),
                                                 x, y));
            }
        }
    }
}

TEST(ScaleTest, GrowingInterpolatesBetweenPixelCentres) {
    // New centres lie at -0.25, 0.25, 0.75 and 1.25 of the way from 0 to 100.
    const Image scaled = scale_to_width(grey_row({0, 100}), 4);
    ASSERT_EQ(scaled.height(), 2);
    EXPECT_EQ(reds_of_row(scaled, 0), (std::vector{0, 25, 75, 100}));
    EXPECT_EQ(reds_of_row(scaled, 1), (std::vector{0, 25, 75, 100}));
}

TEST(ScaleTest, GrowingInterpolatesDownwardsToo) {
    Image image(1, 2);
    image.row(1)[0] = {100, 100, 100};
    const Image scaled = scale_to_width(image, 2);
    ASSERT_EQ(scaled.height(), 4);
    const std::vector<int> expected = {0, 25, 75, 100};
    for (int y = 0; y < 4; ++y) {
        EXPECT_EQ(reds_of_row(scaled, y),
                  (std::vector{expected[y], expected[y]}));
    }
}

TEST(ScaleTest, AStraightRampStaysStraightWhenItGrows) {
    const Image scaled = scale_to_width(grey_row({0, 30, 60, 90, 120}), 15);
    const std::vector<int> expected = {0,  0,  10, 20,  30,  40,  50, 60,
                                       70, 80, 90, 100, 110, 120, 120};
    EXPECT_EQ(reds_of_row(scaled, 0), expected);
}

TEST(ScaleTest, OnePixelFillsAnySize) {
    Image image(1, 1, true);
    image.row(0)[0] = {1, 2, 3};
    image.alpha_row(0)[0] = 4;
    const Image scaled = scale_to_width(image, 9);
    EXPECT_EQ(scaled.height(), 9);
    for (const Pixel& pixel : scaled.pixels()) {
        EXPECT_EQ(pixel, (Pixel{1, 2, 3}));
    }
    for (const int opacity : scaled.alpha()) EXPECT_EQ(opacity, 4);
}

TEST(ScaleTest, AConstantPictureStaysConstantAtAnySize) {
    Image image(23, 17);
    for (int y = 0; y < image.height(); ++y) {
        for (Pixel& pixel : image.row(y)) pixel = {255, 127, 1};
    }
    for (int width = 1; width < 100; ++width) {
        const Image scaled = scale_to_width(image, width);
        for (const Pixel& pixel : scaled.pixels()) {
            ASSERT_EQ(pixel, (Pixel{255, 127, 1})) << "width " << width;
        }
    }
}

TEST(ScaleTest, AlphaIsScaledAsAPlaneOfItsOwn) {
    Image image(2, 2, true);
    image.row(0)[0] = {200, 0, 0};
    image.alpha_row(0)[1] = 0;
    const Image scaled = scale_to_width(image, 1);
    EXPECT_EQ(scaled.pixels()[0], (Pixel{50, 0, 0}));
    EXPECT_EQ(scaled.alpha()[0], 191);  // 3 * 255 / 4 = 191.25
}

TEST(ScaleTest, TheHeightKeepsTheProportionsRoundedDownAndIsOneAtLeast) {
    EXPECT_EQ(scale_to_width(Image(640, 427), 2048).height(), 1366);
    EXPECT_EQ(scale_to_width(Image(2048, 1365), 640).height(), 426);
    EXPECT_EQ(scale_to_width(Image(1000, 3), 10).height(), 1);
    EXPECT_EQ(scale_to_width(Image(1000, 1), 2000).height(), 2);
}

TEST(ScaleTest, EveryTeamGivesTheSamePicture) {
    const Image image = speckled_picture(101, 67, true);
    omp_set_num_threads(1);
    const Image smaller = scale_to_width(image, 37);
    const Image larger = scale_to_width(image, 211);
    for_each_team([&] {
        EXPECT_EQ(difference(scale_to_width(image, 37), smaller), "");
        EXPECT_EQ(difference(scale_to_width(image, 211), larger), "");
    });
}

TEST(ScaleTest, WhatCannotBeScaledIsRefused) {
    EXPECT_THROW((void)scale_to_width(Image(3, 2), 0), std::invalid_argument);
    EXPECT_THROW((void)scale_to_width(Image(3, 2), -1), std::invalid_argument);
    EXPECT_THROW((void)scale_to_width(Image(), 5), std::invalid_argument);
    EXPECT_THROW((void)scale_to_width(Image(0, 5), 5), std::invalid_argument);
    EXPECT_THROW((void)scale_to_width(Image(1, 2), 2'000'000'000),
                 std::invalid_argument);
}
