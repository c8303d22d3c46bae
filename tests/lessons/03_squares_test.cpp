#include <gtest/gtest.h>

#include <vector>

#include "lessons/03_squares/squares.hpp"
#include "tests/support/teams.hpp"

TEST(SquaresTest, TheFirstFiveAreThoseThatEverybodyKnows) {
    for_each_team([] {
        std::vector<std::int64_t> list(5, -1);
        squares(list);
        EXPECT_EQ(list, (std::vector<std::int64_t>{0, 1, 4, 9, 16}));
    });
}

// The square of n is the sum of the first n odd numbers. The longest list here
// ends in squares that 32 bits cannot hold.
TEST(SquaresTest, EverySquareIsASumOfOddNumbers) {
    for_each_team([] {
        for (const std::size_t count : {0, 1, 2, 7, 101, 1000, 100'003}) {
            std::vector<std::int64_t> list(count, -1);
            squares(list);
            std::int64_t square = 0;
            std::int64_t odd = 1;
            for (std::size_t i = 0; i < count; ++i) {
                ASSERT_EQ(list[i], square)
                    << "element " << i << " of " << count;
                square += odd;
                odd += 2;
            }
        }
    });
}

TEST(SquaresTest, NothingBesideTheListIsTouched) {
    for_each_team([] {
        std::vector<std::int64_t> list(9, -1);
        squares(std::span(list).subspan(1, 7));
        EXPECT_EQ(list,
                  (std::vector<std::int64_t>{-1, 0, 1, 4, 9, 16, 25, 36, -1}));
    });
}
