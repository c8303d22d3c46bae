// What a lesson program records of its results; the rest of a lesson program is
// tested from end to end, in tests/programs/programs_test.cpp.

#include "common/lesson.hpp"

#include <gtest/gtest.h>
#include <sys/utsname.h>

#include <array>
#include <string>
#include <vector>

#include "common/machine.hpp"
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

}  // namespace

TEST(LessonTest, TheToleranceIsRecorded) {
    EXPECT_EQ(record_of({1.0}, {1.0}, 1e-12).tolerance, 1e-12);
}

TEST(LessonTest, WhereItRanIsRecorded) {
    const Record record = record_of({1.0}, {1.0}, 0.0);
    utsname system = {};
    ASSERT_EQ(uname(&system), 0);
    EXPECT_EQ(record.host, system.nodename);
    EXPECT_EQ(record.machine, machine_line(describe_machine()));
}
