#include <array>
#include <cstdint>
#include <vector>

#include "lessons/06_red/red.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

/// The heights of the bands: the rows are dealt like cards, so the first bands
/// get one more where it does not come out even.
std::vector<int> heights_of(int rows, int count) {
    std::vector<int> heights(static_cast<std::size_t>(count), 0);
    for (int row = 0; row < rows; ++row) ++heights[row % count];
    return heights;
}

/// The picture in bands of these heights.
Image in_bands(Image image, const std::vector<int>& heights) {
    int first = 0;
    for (const int height : heights) {
        std::array<std::int64_t, 3> sums{};
        for (int y = first; y < first + height; ++y) {
            for (const Pixel& pixel : image.row(y)) {
                sums[0] += pixel.red;
                sums[1] += pixel.green;
                sums[2] += pixel.blue;
            }
        }
        const std::int64_t pixels = std::int64_t{height} * image.width();
        for (int y = first; y < first + height; ++y) {
            for (Pixel& pixel : image.row(y)) {
                pixel = {static_cast<std::uint8_t>(sums[0] / pixels),
                         static_cast<std::uint8_t>(sums[1] / pixels),
                         static_cast<std::uint8_t>(sums[2] / pixels)};
            }
        }
        first += height;
    }
    return image;
}

}  // namespace

TEST(Correct, TenRowsInThreeBands) {
    for_each_team(
        [] {
            Image image(1, 10);
            for (int y = 0; y < 10; ++y) {
                image.row(y)[0] = {static_cast<std::uint8_t>(20 * y), 7, 0};
            }
            WorkLog log;
            bands(image, 3, log);
            // Rows 0 to 3, 4 to 6 and 7 to 9.
            const std::array<std::uint8_t, 10> red = {30,  30,  30,  30,  100,
                                                      100, 100, 160, 160, 160};
            for (int y = 0; y < 10; ++y) {
                const Pixel pixel = image.row(y)[0];
                if (pixel == Pixel{red.at(y), 7, 0}) continue;
                ADD_FAILURE()
                    << "of ten rows in three bands (4, 3 and 3 rows), row " << y
                    << " has the red " << int{pixel.red} << ", not "
                    << int{red.at(y)};
                return;
            }
        });
}

TEST(Correct, PicturesAndBandsOfEverySize) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            for (const int count : {1, 2, 3, 7, 64, 100}) {
                const Image before = speckled_picture(width, height, true);
                Image image = before;
                WorkLog log;
                bands(image, count, log);
                const std::string differs = difference(
                    image, in_bands(before, heights_of(height, count)));
                if (differs.empty()) continue;
                ADD_FAILURE()
                    << height << " rows in " << count << " bands: " << differs;
                return;
            }
        }
    });
}

TEST(Parallel, TheTeamSharesTheBands) {
    constexpr int count = 19;
    const Image before = speckled_picture(31, 64);
    const Image expected = in_bands(before, heights_of(64, count));
    expect_shared_picture(count, 1, [&](WorkLog& log) {
        Image image = before;
        bands(image, count, log);
        expect_same_picture(image, expected);
    });
}

TEST(RaceFree, OnASmallPicture) {
    constexpr int count = 19;
    Image image = speckled_picture(31, 64);
    repeat_for_race_detector(count,
                             [&](WorkLog& log) { bands(image, count, log); });
}

TEST(Fast, OnALargePicture) {
    constexpr int count = 960;
    Image image = speckled_picture(4000, 3000);
    const std::vector<int> heights = heights_of(3000, count);
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            int first = 0;
            for (const int height : heights) {
                std::int64_t red = 0;
                std::int64_t green = 0;
                std::int64_t blue = 0;
                for (int y = first; y < first + height; ++y) {
                    for (const Pixel& pixel : image.row(y)) {
                        red += pixel.red;
                        green += pixel.green;
                        blue += pixel.blue;
                    }
                }
                const std::int64_t pixels = std::int64_t{height} * 4000;
                const Pixel mean = {static_cast<std::uint8_t>(red / pixels),
                                    static_cast<std::uint8_t>(green / pixels),
                                    static_cast<std::uint8_t>(blue / pixels)};
                for (int y = first; y < first + height; ++y) {
                    for (Pixel& pixel : image.row(y)) pixel = mean;
                }
                first += height;
            }
        },
        [&] { bands(image, count, log); });
}
