// How a lesson program compares real numbers; the rest of a lesson program is
// tested from end to end, in programs_test.cpp.

#include "common/lesson.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "common/record.hpp"
#include "tests/support/files.hpp"

namespace {

using Numbers = std::vector<double>;

/// The record of a lesson program with such a result.
Record record_of(const Numbers& values, const Numbers& expected,
                 double tolerance) {
    const TemporaryFolder folder;
    std::string program = "parallel";
    std::string option = "--record";
    std::string file = (folder / "record").string();
    std::array<char*, 4> words = {program.data(), option.data(), file.data(),
                                  nullptr};
    Lesson lesson("99_test", "Compares numbers.");
    const int status = lesson.run(3, words.data(), [&] {
        lesson.add_result(values, expected, tolerance);
    });
    EXPECT_EQ(status, 0);
    return read_last_record(file);
}

std::string result_of(const Numbers& values, const Numbers& expected,
                      double tolerance = 1e-12) {
    return record_of(values, expected, tolerance).result;
}

}  // namespace

TEST(LessonTest, RealResultsAreTheSameWithinTheTolerance) {
    const Numbers expected = {1.0, -1000.0, 0.0};
    const std::string right = result_of(expected, expected);
    EXPECT_EQ(result_of({1.0 + 0.9e-12, -1000.0, 0.0}, expected), right);
    EXPECT_EQ(result_of({1.0 - 0.9e-12, -1000.0, 0.0}, expected), right);
    EXPECT_EQ(result_of({1.0, -1000.0 + 0.9e-9, 0.0}, expected), right);
    EXPECT_EQ(result_of({1.0, -1000.0, -0.0}, expected), right);
}

TEST(LessonTest, RealResultsBeyondTheToleranceAreNot) {
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

TEST(LessonTest, OtherExpectedNumbersAreAnotherResult) {
    EXPECT_NE(result_of({1.0}, {1.0}), result_of({1.5}, {1.5}));
    EXPECT_NE(result_of({1.0}, {1.0}), result_of({1.0, 0.0}, {1.0, 0.0}));
}

TEST(LessonTest, TheToleranceIsRecorded) {
    EXPECT_EQ(record_of({1.0}, {1.0}, 1e-12).tolerance, 1e-12);
}
