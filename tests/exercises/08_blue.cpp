#include <utility>

#include "lessons/08_blue/blue.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

Image mirrored(const Image& image) {
    Image result = image;
    const int width = image.width();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < width; ++x) {
            result.row(y)[x] = image.row(y)[width - 1 - x];
            if (!image.has_alpha()) continue;
            result.alpha_row(y)[x] = image.alpha_row(y)[width - 1 - x];
        }
    }
    return result;
}

}  // namespace

TEST(Correct, KnownPixels) {
    for_each_team([] {
        Image image(3, 2);
        image.row(0)[0] = {10, 11, 12};
        image.row(0)[1] = {20, 21, 22};
        image.row(0)[2] = {30, 31, 32};
        image.row(1)[0] = {40, 41, 42};
        WorkLog log;
        mirror(image, log);
        Image expected(3, 2);
        expected.row(0)[0] = {30, 31, 32};
        expected.row(0)[1] = {20, 21, 22};
        expected.row(0)[2] = {10, 11, 12};
        expected.row(1)[2] = {40, 41, 42};
        expect_same_picture(image, expected);
    });
}

TEST(Correct, PicturesOfEverySize) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            for (const bool with_alpha : {false, true}) {
                const Image before =
                    speckled_picture(width, height, with_alpha);
                Image image = before;
                WorkLog log;
                mirror(image, log);
                expect_same_picture(image, mirrored(before));
            }
        }
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    const Image before = speckled_picture(31, 64);
    expect_shared_picture(before.height(), 1, [&](WorkLog& log) {
        Image image = before;
        mirror(image, log);
        expect_same_picture(image, mirrored(before));
    });
}

TEST(RaceFree, OnASmallPicture) {
    Image image = speckled_picture(31, 64, true);
    repeat_for_race_detector(image.height(),
                             [&](WorkLog& log) { mirror(image, log); });
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
                const auto row = image.row(y);
                for (int x = 0; x < width / 2; ++x) {
                    std::swap(row[x], row[width - 1 - x]);
                }
            }
        },
        [&] { mirror(image, log); });
}
