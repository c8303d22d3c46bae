#include "common/png_bands.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/openmp.hpp"
#include "common/png.hpp"
#include "common/timer.hpp"
#include "tests/support/errors.hpp"
#include "tests/support/files.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;

/// Inflates raw deflate blocks; they must end with the input, on a whole byte.
Bytes inflated(const Bytes& blocks, std::size_t size) {
    Bytes rows(size + 1);
    z_stream stream = {};
    EXPECT_EQ(inflateInit2(&stream, -15), Z_OK);
    stream.next_in = const_cast<Bytef*>(blocks.data());
    stream.avail_in = blocks.size();
    stream.next_out = rows.data();
    stream.avail_out = rows.size();
    EXPECT_EQ(inflate(&stream, Z_SYNC_FLUSH), Z_OK);
    EXPECT_EQ(stream.avail_in, 0U);
    rows.resize(stream.total_out);
    inflateEnd(&stream);
    return rows;
}

/// Paints nothing: the row stays black.
void leave_black(int /*y*/, std::span<Pixel> /*row*/) {}

}  // namespace

TEST(BandTest, TheLastBandHasTheRowsThatAreLeft) {
    EXPECT_EQ(number_of_bands(1, 4), 1);
    EXPECT_EQ(number_of_bands(4, 4), 1);
    EXPECT_EQ(number_of_bands(5, 4), 2);
    EXPECT_EQ(number_of_bands(65'535, 1), 65'535);
    EXPECT_EQ(number_of_bands(3, 65'535), 1);
}

TEST(BandTest, ABandNeedsNoOtherBand) {
    Image rows(2, 2);
    rows.row(0)[0] = {10, 20, 30};
    rows.row(0)[1] = {11, 19, 33};
    const Band upper = compress_band(rows);
    const Bytes upper_rows = {1, 10, 20, 30, 1, 255, 3, 1, 0, 0, 0, 0, 0, 0};
    EXPECT_EQ(inflated(upper.deflated, 14), upper_rows);
    EXPECT_EQ(upper.filtered_size, 14);
    Image row(2, 1);
    row.row(0)[1] = {0, 255, 1};
    const Band lower = compress_band(row);
    EXPECT_EQ(inflated(lower.deflated, 7), (Bytes{1, 0, 0, 0, 0, 255, 1}));
    // Adler-32 by hand: a = 1 + all bytes, b = the sum of all a on the way:
    // 2 + 2 + 2 + 2 + 2 + 257 + 258.
    EXPECT_EQ(lower.adler, 525U << 16U | 258U);
}

TEST(BandTest, RowsWithAlphaHaveFourBytesAPixel) {
    Image rows(2, 1, true);
    rows.row(0)[1] = {1, 2, 3};
    rows.alpha_row(0)[1] = 250;
    EXPECT_EQ(inflated(compress_band(rows).deflated, 9),
              (Bytes{1, 0, 0, 0, 255, 1, 2, 3, 251}));
}

TEST(BandTest, ALargeBandThatCannotBeMadeSmallIsWhole) {
    const Image image = speckled_picture(500, 300);
    const Bytes rows = inflated(compress_band(image).deflated, 300 * 1501);
    ASSERT_EQ(rows.size(), 300U * 1501U);
    const Pixel last = image.row(299)[498];
    EXPECT_EQ(static_cast<std::uint8_t>(rows.back() + last.blue),
              image.row(299)[499].blue);
}

TEST(WriteByATeamTest, EveryTeamWritesTheSameFileWithEachRowPaintedOnce) {
    const TemporaryFolder folder;
    for (const int height : {1, 31, 64, 65, 200}) {
        const Image image = speckled_picture(13, height);
        std::string first;
        for_each_team([&] {
            std::vector<std::atomic<int>> painted(height);
            const auto paint = [&](int y, std::span<Pixel> row) {
                ++painted.at(y);
                std::ranges::copy(image.row(y), row.begin());
            };
            write_png(13, height, paint, folder / "x.png");
            for (const auto& times : painted) EXPECT_EQ(times, 1);
            EXPECT_EQ(difference(read_png(folder / "x.png"), image), "");
            const std::string file = read_text(folder / "x.png");
            if (first.empty()) first = file;
            EXPECT_TRUE(file == first);
        });
    }
}

TEST(WriteByATeamTest, BandsAreMadeAtTheSameTime) {
    const TemporaryFolder folder;
    const int before = omp_get_max_threads();
    omp_set_num_threads(2);
    if (omp_get_max_threads() == 1) GTEST_SKIP() << "there is no OpenMP";
    std::atomic<int> bands = 0;
    const auto wait_for_the_other = [&](int y, std::span<Pixel> /*row*/) {
        if (y % 64 != 0) return;
        ++bands;
        constexpr double long_enough = 20.0;
        const Timer timer;
        while (bands < 2 && timer.seconds() < long_enough) {
        }
        EXPECT_EQ(bands, 2);
    };
    write_png(1, 128, wait_for_the_other, folder / "x.png");
    omp_set_num_threads(before);
}

TEST(WriteByATeamTest, WhatPaintThrowsIsThrownAndTheOldFileStays) {
    const TemporaryFolder folder;
    write_text(folder / "x.png", "old");
    const auto paint = [](int y, std::span<Pixel> /*row*/) {
        if (y >= 100) throw std::runtime_error("no more paint");
    };
    for_each_team([&] {
        EXPECT_EQ(
            message_of([&] { write_png(3, 300, paint, folder / "x.png"); }),
            "no more paint");
        EXPECT_EQ(read_text(folder / "x.png"), "old");
    });
}

TEST(WriteByATeamTest, AFileThatCannotBeWrittenIsAnErrorThatNamesIt) {
    const TemporaryFolder folder;
    EXPECT_PRED_FORMAT2(
        testing::IsSubstring,
        "none/x.png: cannot be written: No such file or directory",
        message_of(
            [&] { write_png(3, 3, leave_black, folder / "none/x.png"); }));
    if (!std::filesystem::exists("/dev/full")) return;
    for_each_team([&] {
        EXPECT_PRED_FORMAT2(
            testing::IsSubstring,
            "/dev/full: cannot be written: No space left on device: make room",
            message_of([&] { write_png(3, 3000, leave_black, "/dev/full"); }));
    });
}
