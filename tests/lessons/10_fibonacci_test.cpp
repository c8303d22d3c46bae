#include <gtest/gtest.h>

#include <vector>

#include "lessons/10_fibonacci/fibonacci.hpp"
#include "tests/support/teams.hpp"

TEST(FibonacciTest, KnownNumbers) {
    EXPECT_EQ(fibonacci(0), 0U);
    EXPECT_EQ(fibonacci(1), 1U);
    EXPECT_EQ(fibonacci(2), 1U);
    EXPECT_EQ(fibonacci(10), 55U);
    // The On-Line Encyclopedia of Integer Sequences, A000045:
    EXPECT_EQ(fibonacci(34), 5'702'887U);
    EXPECT_EQ(fibonacci(40), 102'334'155U);
}

TEST(FibonacciTest, EveryNumberOfTheListIsTheSumOfTheTwoBefore) {
    for_each_team([] {
        for (const std::size_t count : {0, 1, 2, 3, 7, 23, 26}) {
            constexpr std::uint64_t untouched = 999;
            std::vector<std::uint64_t> list(count, untouched);
            fibonacci_list(list);
            std::uint64_t number = 0;
            std::uint64_t next = 1;
            for (std::size_t n = 0; n < count; ++n) {
                ASSERT_EQ(list[n], number)
                    << "element " << n << " of " << count;
                const std::uint64_t sum = number + next;
                number = next;
                next = sum;
            }
        }
    });
}
