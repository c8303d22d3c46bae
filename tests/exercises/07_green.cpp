#include "common/openmp.hpp"
#include "lessons/07_green/green.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/filters.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

/// A curve under which no two colours become the same.
std::uint8_t curve(std::uint8_t colour) {
    return static_cast<std::uint8_t>(5 * colour + 17);
}

Image toned(const Image& image) {
    std::array<std::uint8_t, 256> table{};
    for (int i = 0; i < 256; ++i) table[i] = (5 * i + 17) % 256;
    return map_pixels(image, [&table](Pixel pixel) {
        return Pixel{table[pixel.red], table[pixel.green], table[pixel.blue]};
    });
}

/// A picture in which every pixel is the same.
Image plain_picture(int width, int height) {
    Image image(width, height);
    for (int y = 0; y < height; ++y) {
        for (Pixel& pixel : image.row(y)) pixel = {10, 20, 30};
    }
    return image;
}

}  // namespace

TEST(Correct, KnownPixels) {
    for_each_team([] {
        Image image(2, 1);
        image.row(0)[0] = {0, 1, 2};
        image.row(0)[1] = {254, 255, 100};
        WorkLog log;
        tone(
            image,
            [](std::uint8_t colour) {
                return static_cast<std::uint8_t>(colour / 2);
            },
            log);
        Image expected(2, 1);
        expected.row(0)[0] = {0, 0, 1};
        expected.row(0)[1] = {127, 127, 50};
        expect_same_picture(image, expected);
    });
}

TEST(Correct, PicturesOfEverySize) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            const Image before = speckled_picture(width, height, true);
            Image image = before;
            WorkLog log;
            tone(image, curve, log);
            expect_same_picture(image, toned(before));
        }
    });
}

TEST(Correct, EachThreadHasItsOwnPixelInHand) {
    // At its first colour a thread waits until the others are at theirs: all
    // have a pixel in hand then. Who keeps it to himself still has it after.
    for_each_team([] {
        const Image before = speckled_picture(3, 28);
        Image image = before;
        const int team = omp_get_max_threads();
        Watch all_at_work(team, team);
        WorkLog log;
        tone(
            image,
            [&](std::uint8_t colour) {
                all_at_work.begin(0);
                return curve(colour);
            },
            log);
        expect_same_picture(image, toned(before));
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    const Image before = plain_picture(31, 64);
    expect_shared_picture(before.height(), 1, [&](WorkLog& log) {
        Image image = before;
        tone(image, curve, log);
        expect_same_picture(image, toned(before));
    });
}

TEST(RaceFree, OnASmallPicture) {
    Image image = speckled_picture(31, 64);
    repeat_for_race_detector(image.height(),
                             [&](WorkLog& log) { tone(image, curve, log); });
}

TEST(Fast, OnALargePicture) {
    constexpr int width = 3000;
    constexpr int height = 2000;
    Image image = speckled_picture(width, height);
    const Curve called = curve;
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            for (int y = 0; y < height; ++y) {
                for (Pixel& pixel : image.row(y)) {
                    pixel.red = called(pixel.red);
                    pixel.green = called(pixel.green);
                    pixel.blue = called(pixel.blue);
                }
            }
        },
        [&] { tone(image, called, log); });
}
