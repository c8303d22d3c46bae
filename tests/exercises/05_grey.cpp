#include "lessons/05_grey/grey.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/filters.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

Image negative_of(const Image& image) {
    return map_pixels(image, [](Pixel pixel) {
        pixel.red ^= 0xFF;  // all bits turned over: 255 - x, for a byte
        pixel.green ^= 0xFF;
        pixel.blue ^= 0xFF;
        return pixel;
    });
}

}  // namespace

TEST(Correct, KnownPixels) {
    for_each_team([] {
        Image image(3, 1);
        image.row(0)[0] = {0, 0, 0};
        image.row(0)[1] = {255, 255, 255};
        image.row(0)[2] = {1, 100, 200};
        WorkLog log;
        negative(image, log);
        Image expected(3, 1);
        expected.row(0)[0] = {255, 255, 255};
        expected.row(0)[1] = {0, 0, 0};
        expected.row(0)[2] = {254, 155, 55};
        expect_same_picture(image, expected);
    });
}

TEST(Correct, PicturesOfEverySize) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            const Image before = speckled_picture(width, height, true);
            Image image = before;
            WorkLog log;
            negative(image, log);
            expect_same_picture(image, negative_of(before));
        }
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    const Image before = speckled_picture(64, 64);
    expect_shared_picture(before.height(), 1, [&](WorkLog& log) {
        Image image = before;
        negative(image, log);
        if (log.entries().front().thread < 0) {
            ADD_FAILURE() << "no row was noted: the line with log.item(y) "
                             "belongs at the start of row y";
        }
        expect_same_picture(image, negative_of(before));
    });
}

TEST(RaceFree, OnASmallPicture) {
    Image image = speckled_picture(64, 64);
    repeat_for_race_detector(image.height(),
                             [&](WorkLog& log) { negative(image, log); });
}

TEST(Fast, OnALargePicture) {
    constexpr int width = 6000;
    constexpr int height = 4000;
    Image image = speckled_picture(width, height);
    WorkLog log;
    measure_speedup(
        Limit::memory,
        [&] {
            for (int y = 0; y < height; ++y) {
                for (Pixel& pixel : image.row(y)) {
                    pixel.red = 255 - pixel.red;
                    pixel.green = 255 - pixel.green;
                    pixel.blue = 255 - pixel.blue;
                }
            }
        },
        [&] { negative(image, log); });
}
