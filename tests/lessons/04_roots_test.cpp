#include <gtest/gtest.h>

#include <vector>

#include "lessons/04_roots/roots.hpp"
#include "tests/support/teams.hpp"
#include "tests/support/work_logs.hpp"

TEST(RootsTest, RootsThatEverybodyKnows) {
    EXPECT_EQ(slow_root(0), 0);
    EXPECT_EQ(slow_root(1), 1);
    EXPECT_EQ(slow_root(4), 2);
    EXPECT_EQ(slow_root(9), 3);
    EXPECT_EQ(slow_root(144), 12);
    EXPECT_EQ(slow_root(1'000'000), 1000);
}

TEST(RootsTest, ARootThatIsNotWholeIsRoundedDown) {
    EXPECT_EQ(slow_root(2), 1);
    EXPECT_EQ(slow_root(3), 1);
    EXPECT_EQ(slow_root(8), 2);
    EXPECT_EQ(slow_root(143), 11);
    // The digits of the root of 2: The On-Line Encyclopedia of Integer
    // Sequences, A002193.
    EXPECT_EQ(slow_root(2'000'000'000'000), 1'414'213);
    // 46,341 squared is the first square that 31 bits cannot hold.
    EXPECT_EQ(slow_root(2'147'488'280), 46'340);
    EXPECT_EQ(slow_root(2'147'488'281), 46'341);
}

// A root is right when its square is not above the number, and the next
// square is.
TEST(RootsTest, EveryRootOfTheListIsRightAndLogged) {
    for_each_team([] {
        for (const std::size_t count : {0, 1, 2, 7, 10, 101}) {
            std::vector<std::int64_t> numbers;
            for (std::size_t i = 0; i < count; ++i) {
                numbers.push_back(static_cast<std::int64_t>(i * i * i));
            }
            std::vector<std::int64_t> results(count, -1);
            WorkLog log(static_cast<std::int64_t>(count));
            roots(numbers, results, log);
            expect_complete(log, static_cast<std::int64_t>(count));
            for (std::size_t i = 0; i < count; ++i) {
                const std::int64_t root = results[i];
                ASSERT_GE(root, 0) << "number " << numbers[i];
                ASSERT_LE(root * root, numbers[i]);
                ASSERT_GT((root + 1) * (root + 1), numbers[i]);
            }
        }
    });
}

TEST(RootsTest, NothingBesideTheListIsTouchedAndALogThatIsOffStaysOff) {
    for_each_team([] {
        const std::vector<std::int64_t> numbers = {16, 25, 36};
        std::vector<std::int64_t> results(5, -1);
        WorkLog off;
        roots(numbers, std::span(results).subspan(1, 3), off);
        EXPECT_EQ(results, (std::vector<std::int64_t>{-1, 4, 5, 6, -1}));
        EXPECT_TRUE(off.entries().empty());
    });
}
