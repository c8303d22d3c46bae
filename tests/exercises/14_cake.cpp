#include <vector>

#include "lessons/14_cake/cake.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

constexpr int lightnesses = 256;
using Counts = std::vector<std::int64_t>;

Counts histogram_of(const Image& image, WorkLog& log) {
    Counts counts(lightnesses, 0);
    histogram(image, counts.data(), log);
    return counts;
}

/// How many pixels are as light as `lightness` or lighter: those whose colours
/// add up to three times as much.
std::int64_t pixels_from(const Image& image, int lightness) {
    std::int64_t count = 0;
    for (const Pixel& pixel : image.pixels()) {
        if (pixel.red + pixel.green + pixel.blue >= 3 * lightness) ++count;
    }
    return count;
}

/// Names the first lightness that was not counted as it should be.
void expect_histogram(const Counts& counts, const Image& image) {
    for (int lightness = 0; lightness < lightnesses; ++lightness) {
        const std::int64_t expected =
            pixels_from(image, lightness) - pixels_from(image, lightness + 1);
        if (counts[lightness] == expected) continue;
        ADD_FAILURE() << "lightness " << lightness << " was counted "
                      << counts[lightness] << " times and is there " << expected
                      << " times";
        return;
    }
}

}  // namespace

TEST(Correct, KnownPixels) {
    for_each_team([] {
        Image image(4, 2);  // five pixels stay black
        image.row(0)[0] = {255, 255, 255};
        image.row(0)[3] = {1, 2, 5};  // 8 / 3 is 2, rounded down
        image.row(1)[1] = {2, 2, 2};
        WorkLog log;
        const Counts counts = histogram_of(image, log);
        Counts expected(lightnesses, 0);
        expected[0] = 5;
        expected[2] = 2;
        expected[255] = 1;
        EXPECT_EQ(counts, expected);
    });
}

TEST(Correct, PicturesOfEverySize) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            const Image image = speckled_picture(width, height);
            WorkLog log;
            expect_histogram(histogram_of(image, log), image);
        }
    });
}

TEST(Correct, WhatIsInTheCountsAlreadyStays) {
    for_each_team([] {
        Counts counts(lightnesses, 100);
        WorkLog log;
        histogram(Image(3, 5), counts.data(), log);
        EXPECT_EQ(counts[0], 115);
        EXPECT_EQ(counts[1], 100);
    });
}

// Long enough that a thread which loses pixels loses some, mostly.
TEST(Correct, ALargePictureOfOneColour) {
    constexpr int width = 2000;
    constexpr int height = 1000;
    const Image black(width, height);
    for_each_team([&] {
        WorkLog log;
        EXPECT_EQ(histogram_of(black, log)[0], width * height);
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    const Image image = speckled_picture(31, 64);
    expect_shared_items(image.height(), [&](WorkLog& log) {
        expect_histogram(histogram_of(image, log), image);
    });
}

TEST(RaceFree, OnASmallPicture) {
    const Image image = speckled_picture(31, 64);
    repeat_for_race_detector(image.height(),
                             [&](WorkLog& log) { histogram_of(image, log); });
}

TEST(Fast, OnALargePicture) {
    const Image image = speckled_picture(4000, 3000);
    Counts counts(lightnesses, 0);
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            for (const Pixel& pixel : image.pixels()) {
                ++counts[(pixel.red + pixel.green + pixel.blue) / 3];
            }
        },
        [&] { histogram(image, counts.data(), log); });
}
