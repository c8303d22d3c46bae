#include "lessons/06_red/red.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/filters.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

constexpr Pixel black = {0, 0, 0};
constexpr Pixel white = {255, 255, 255};

/// The picture at a limit, by what is left of it when the colours are taken
/// away one after the other.
Image black_and_white(const Image& image, int limit) {
    return map_pixels(image, [limit](Pixel pixel) {
        int missing = limit;
        for (const int colour : {pixel.red, pixel.green, pixel.blue}) {
            missing -= colour;
        }
        return missing > 0 ? black : white;
    });
}

}  // namespace

TEST(Correct, KnownPixels) {
    for_each_team([] {
        Image image(5, 1);
        image.row(0)[0] = {0, 0, 0};
        image.row(0)[1] = {100, 100, 99};   // one short of the limit
        image.row(0)[2] = {100, 100, 100};  // the limit
        image.row(0)[3] = {45, 255, 0};
        image.row(0)[4] = {255, 255, 255};
        WorkLog log;
        threshold(image, 300, log);
        Image expected(5, 1);
        expected.row(0)[2] = white;
        expected.row(0)[3] = white;
        expected.row(0)[4] = white;
        expect_same_picture(image, expected);
    });
}

TEST(Correct, PicturesOfEverySize) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            for (const int limit : {0, 1, 383, 765, 766}) {
                const Image before = speckled_picture(width, height, true);
                Image image = before;
                WorkLog log;
                threshold(image, limit, log);
                expect_same_picture(image, black_and_white(before, limit));
            }
        }
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    const Image before = speckled_picture(31, 64);
    expect_shared_items(before.height(), [&](WorkLog& log) {
        Image image = before;
        threshold(image, 383, log);
        expect_same_picture(image, black_and_white(before, 383));
    });
}

TEST(RaceFree, OnASmallPicture) {
    Image image = speckled_picture(31, 64);
    repeat_for_race_detector(image.height(),
                             [&](WorkLog& log) { threshold(image, 383, log); });
}

TEST(Fast, OnALargePicture) {
    constexpr int width = 6000;
    constexpr int height = 4000;
    constexpr int limit = 383;
    Image image = speckled_picture(width, height);
    WorkLog log;
    measure_speedup(
        Limit::memory,
        [&] {
            for (int y = 0; y < height; ++y) {
                for (Pixel& pixel : image.row(y)) {
                    const int sum = pixel.red + pixel.green + pixel.blue;
                    pixel = sum < limit ? black : white;
                }
            }
        },
        [&] { threshold(image, limit, log); });
}
