#include "common/checksum.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Numbers = std::vector<double>;

std::string result_of(const Numbers& values, const Numbers& expected,
                      double tolerance = 1e-12) {
    Checksum checksum;
    checksum.add(values, expected, tolerance);
    return checksum.text();
}

}  // namespace

// The check value of CRC-32 in every catalogue: that of "123456789".
TEST(ChecksumTest, ItIsCrc32) {
    const std::string digits = "123456789";
    Checksum checksum;
    EXPECT_EQ(checksum.text(), "00000000");
    checksum.add(std::as_bytes(std::span(digits)));
    EXPECT_EQ(checksum.text(), "cbf43926");
}

TEST(ChecksumTest, BytesCountInTheOrderInWhichTheyAreAdded) {
    const std::string start = "1234";
    const std::string end = "56789";
    Checksum checksum;
    checksum.add(std::as_bytes(std::span(start)));
    checksum.add(std::span<const std::byte>());
    checksum.add(std::as_bytes(std::span(end)));
    EXPECT_EQ(checksum.text(), "cbf43926");
}

TEST(ChecksumTest, PicturesOfOtherSidesAreOtherResults) {
    const auto text_of = [](const Image& image) {
        Checksum checksum;
        checksum.add(image);
        return checksum.text();
    };
    EXPECT_NE(text_of(Image(2, 3)), text_of(Image(3, 2)));
    EXPECT_NE(text_of(Image(2, 3)), text_of(Image(2, 3, true)));
    Image other(2, 3);
    other.row(1)[1].green = 1;
    EXPECT_NE(text_of(Image(2, 3)), text_of(other));
    EXPECT_EQ(text_of(Image(2, 3)), text_of(Image(2, 3)));
}

TEST(ChecksumTest, RealResultsAreTheSameWithinTheTolerance) {
    const Numbers expected = {1.0, -1000.0, 0.0};
    const std::string right = result_of(expected, expected);
    EXPECT_EQ(result_of({1.0 + 0.9e-12, -1000.0, 0.0}, expected), right);
    EXPECT_EQ(result_of({1.0 - 0.9e-12, -1000.0, 0.0}, expected), right);
    EXPECT_EQ(result_of({1.0, -1000.0 + 0.9e-9, 0.0}, expected), right);
    EXPECT_EQ(result_of({1.0, -1000.0, -0.0}, expected), right);
}

TEST(ChecksumTest, RealResultsBeyondTheToleranceAreNot) {
    const Numbers expected = {1.0, -1000.0, 0.0};
    const std::string right = result_of(expected, expected);
    const double infinity = std::numeric_limits<double>::infinity();
    EXPECT_NE(result_of({1.0 + 1.1e-12, -1000.0, 0.0}, expected), right);
    EXPECT_NE(result_of({1.0 - 1.1e-12, -1000.0, 0.0}, expected), right);
    EXPECT_NE(result_of({1.0, -1000.0 - 1.1e-9, 0.0}, expected), right);
    EXPECT_NE(result_of({1.0, -1000.0, 1e-300}, expected), right);
    EXPECT_NE(result_of({1.0, 1000.0, 0.0}, expected), right);
    EXPECT_NE(result_of({std::nan(""), -1000.0, 0.0}, expected), right);
    EXPECT_NE(result_of({1.0, -infinity, 0.0}, expected), right);
}

TEST(ChecksumTest, OtherExpectedNumbersAreAnotherResult) {
    EXPECT_NE(result_of({1.0}, {1.0}), result_of({1.5}, {1.5}));
    EXPECT_NE(result_of({1.0}, {1.0}), result_of({1.0, 0.0}, {1.0, 0.0}));
}

TEST(ChecksumTest, TheLargestErrorIsRelative) {
    Checksum checksum;
    const Numbers expected = {1.0, -1000.0, 0.0};
    const Numbers values = {1.5, -1250.0, 0.0};
    EXPECT_DOUBLE_EQ(checksum.add(values, expected, 1e-12), 0.5);
    EXPECT_EQ(checksum.add(expected, expected, 1e-12), 0.0);
    EXPECT_THROW(checksum.add(values, Numbers{1.0}, 1e-12),
                 std::invalid_argument);
}
