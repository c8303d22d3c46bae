#include <gtest/gtest.h>

#include "lessons/19_bandwidth/bandwidth.hpp"
#include "tests/support/filters.hpp"

namespace {

// 3 x mean is the sum, or one or two less: found without a division.
Pixel grey_of(Pixel pixel) {
    const int sum = pixel.red + pixel.green + pixel.blue;
    std::uint8_t mean = 0;
    while (3 * (mean + 1) <= sum) ++mean;
    return {mean, mean, mean};
}

Pixel red_of(Pixel pixel) { return {pixel.red, 0, 0}; }

/// Rows of one block of 256 pixels, of one more or less, and of so many that
/// the next page begins inside the row, at its end or behind the picture.
constexpr std::array<std::pair<int, int>, 9> sizes_around_blocks = {
    {{255, 3},
     {256, 2},
     {257, 3},
     {1023, 2},
     {1364, 1},
     {1365, 1},
     {1366, 2},
     {1621, 1},
     {2999, 4}}};

void expect_filter_around_blocks(void (*filter)(Image&),
                                 Pixel (*formula)(Pixel)) {
    for_each_team([&] {
        for (const auto& [width, height] : sizes_around_blocks) {
            const Image before = speckled_picture(width, height, true);
            Image after = before;
            filter(after);
            EXPECT_EQ(difference(after, map_pixels(before, formula)), "");
        }
    });
}

}  // namespace

TEST(BandwidthTest, KnownPixelsBecomeTheirMeansAndTheirRed) {
    for_each_team([] {
        Image image(4, 1);
        image.row(0)[0] = {0, 0, 0};
        image.row(0)[1] = {255, 255, 254};  // 764 / 3 is 254
        image.row(0)[2] = {1, 0, 1};        // 2 / 3 is rounded down to 0
        image.row(0)[3] = {10, 20, 40};     // 70 / 3 is 23
        Image reds = image;

        grey(image);
        EXPECT_EQ(image.row(0)[0], (Pixel{0, 0, 0}));
        EXPECT_EQ(image.row(0)[1], (Pixel{254, 254, 254}));
        EXPECT_EQ(image.row(0)[2], (Pixel{0, 0, 0}));
        EXPECT_EQ(image.row(0)[3], (Pixel{23, 23, 23}));

        red(reds);
        EXPECT_EQ(reds.row(0)[0], (Pixel{0, 0, 0}));
        EXPECT_EQ(reds.row(0)[1], (Pixel{255, 0, 0}));
        EXPECT_EQ(reds.row(0)[2], (Pixel{1, 0, 0}));
        EXPECT_EQ(reds.row(0)[3], (Pixel{10, 0, 0}));
    });
}

TEST(BandwidthTest, GreyIsTheMeanInPicturesOfEverySize) {
    expect_filter(grey, grey_of);
    expect_filter_around_blocks(grey, grey_of);
}

TEST(BandwidthTest, RedStaysAndTheRestGoesInPicturesOfEverySize) {
    expect_filter(red, red_of);
    expect_filter_around_blocks(red, red_of);
}

// 256 shades of each colour, in all combinations with those of the others that
// matter: every sum from 0 to 765 occurs.
TEST(BandwidthTest, GreyIsRightForEverySumOfColours) {
    Image before(256, 3);
    for (int i = 0; i < 256; ++i) {
        const auto shade = static_cast<std::uint8_t>(i);
        before.row(0)[i] = {shade, 0, 0};
        before.row(1)[i] = {255, shade, 0};
        before.row(2)[i] = {255, 255, shade};
    }
    Image after = before;
    grey(after);
    EXPECT_EQ(difference(after, map_pixels(before, grey_of)), "");
}
