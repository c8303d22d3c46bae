#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>

#include "common/png.hpp"
#include "common/temporary_folder.hpp"
#include "tests/peers/pictures.hpp"
#include "tests/peers/tasks.hpp"

namespace {

/// A picture of one row.
Image row_of(const std::vector<Pixel>& pixels) {
    Image image(static_cast<int>(pixels.size()), 1);
    std::copy(pixels.begin(), pixels.end(), image.row(0).begin());
    return image;
}

std::string bytes_of(const std::filesystem::path& name) {
    std::ifstream file(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST(PeersTest, GreyIsTheMeanRoundedDown) {
    const Differences none = compare_grey(row_of({{1, 2, 2}, {255, 255, 254}}),
                                          row_of({{1, 1, 1}, {254, 254, 254}}));
    EXPECT_EQ(none.share, 0.0);
    EXPECT_EQ(none.most, 0);
}

TEST(PeersTest, PixelsAreCountedThatDiffer) {
    const Image picture = row_of({{1, 1, 1}, {5, 5, 5}, {9, 9, 9}, {3, 3, 3}});
    const Differences two = compare_grey(
        picture, row_of({{1, 1, 1}, {5, 6, 5}, {9, 9, 9}, {3, 3, 1}}));
    EXPECT_EQ(two.share, 0.5);
    EXPECT_EQ(two.most, 2);
    const Differences size = compare_grey(picture, row_of({{1, 1, 1}}));
    EXPECT_EQ(size.share, 1.0);
    EXPECT_EQ(size.most, 255);
}

TEST(PeersTest, OnlyWhoRoundsMayDifferAndByOne) {
    EXPECT_EQ(verdict_on({0.0, 0}, false), "same");
    EXPECT_EQ(verdict_on({0.3, 1}, true),
              "rounds: differs by at most 1 in 30.0 % of the pixels");
    EXPECT_TRUE(verdict_on({0.3, 2}, true).starts_with("WRONG"));
    EXPECT_TRUE(verdict_on({0.0001, 1}, false).starts_with("WRONG"));
}

TEST(PeersTest, OurFilesHaveTheFilterSub) {
    const TemporaryFolder folder;
    write_png(Image(7, 5), folder / "black.png");
    EXPECT_EQ(share_of_sub(bytes_of(folder / "black.png")), 1.0);
}

TEST(PeersTest, RowsWithSubAreCounted) {
    // A picture of 2 x 6 pixels, its rows with the filters 1, 0, 4, 2, 3 and 1.
    std::string rows;
    for (const char filter : {1, 0, 4, 2, 3, 1}) {
        rows += filter + std::string("abcdef");
    }
    std::array<Bytef, 100> packed = {};
    uLongf size = packed.size();
    compress(packed.data(), &size, reinterpret_cast<const Bytef*>(rows.data()),
             rows.size());
    const std::string png =
        std::string(
            "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\6\x08"
            "\2\0\0\0----\0\0\0",
            36) +
        static_cast<char>(size) + "IDAT" +
        std::string(packed.begin(), packed.begin() + size) + "----";
    EXPECT_DOUBLE_EQ(share_of_sub(png), 2.0 / 6.0);
}

TEST(PeersTest, OtherColoursAreRefused) {
    const TemporaryFolder folder;
    write_png(Image(2, 2, true), folder / "alpha.png");
    EXPECT_THROW(share_of_sub(bytes_of(folder / "alpha.png")),
                 std::runtime_error);
    EXPECT_THROW(share_of_sub("GIF89a, and some more bytes"),
                 std::runtime_error);
}

TEST(PeersTest, EveryRowHasWorkThatExists) {
    const std::string python = bytes_of(PEER_WORK);
    const std::set<std::string> known = {"Python", "Pillow", "numpy",
                                         "joblib", "OpenCV", "ImageMagick",
                                         "libvips"};
    std::set<std::string> names;
    for (const Task& task : all_tasks(true)) {
        EXPECT_TRUE(names.insert(task.name).second) << task.name;
        EXPECT_TRUE(task.rows.front().needs.empty());
        for (const Row& row : task.rows) {
            std::istringstream needs(row.needs);
            for (std::string name; needs >> name;) {
                EXPECT_TRUE(known.contains(name)) << name;
            }
            if (row.needs.empty() || row.whole) continue;
            const std::string function =
                "def " + row.work.substr(0, row.work.find(' ')) + "(";
            EXPECT_NE(python.find(function), std::string::npos) << row.who;
        }
    }
}
