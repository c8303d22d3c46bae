#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <vector>

#include "lessons/16_scores/scores.hpp"
#include "tests/support/teams.hpp"

namespace {

using Scores = std::vector<Score>;

/// Points by a congruential generator (Knuth, The Art of Computer Programming,
/// volume 2, 3.3.4), players in the list's order.
Scores some_scores(int count, std::uint32_t different) {
    Scores scores;
    std::uint32_t state = 1;
    for (int player = 0; player < count; ++player) {
        state = state * 1'664'525U + 1'013'904'223U;
        scores.push_back(
            {static_cast<std::int32_t>((state >> 8U) % different), player});
    }
    return scores;
}

/// Sorted by counting: all that have 0 points behind all that have 1, and so
/// on, each group in the list's order.
Scores sorted_by_counting(const Scores& scores, std::int32_t different) {
    Scores sorted;
    for (std::int32_t points = different - 1; points >= 0; --points) {
        std::copy_if(scores.begin(), scores.end(), std::back_inserter(sorted),
                     [=](const Score& one) { return one.points == points; });
    }
    return sorted;
}

}  // namespace

TEST(ScoresTest, TheFiveOfTheGame) {
    for_each_team([] {
        for (const int cutoff : {1, 2, 3, 5, 100}) {
            // James, Gene, Ediwn, Finn and Zeen.
            Scores scores = {{50, 0}, {123, 1}, {12, 2}, {160, 3}, {130, 4}};
            sort_scores(scores, cutoff);
            EXPECT_EQ(scores,
                      Scores({{160, 3}, {130, 4}, {123, 1}, {50, 0}, {12, 2}}));
        }
    });
}

TEST(ScoresTest, EqualScoresStayInTheirOrder) {
    for_each_team([] {
        for (const int cutoff : {1, 2, 7}) {
            Scores scores = {{5, 0}, {7, 1}, {5, 2}, {7, 3}, {5, 4}, {7, 5}};
            sort_scores(scores, cutoff);
            EXPECT_EQ(scores,
                      Scores({{7, 1}, {7, 3}, {7, 5}, {5, 0}, {5, 2}, {5, 4}}));
        }
    });
}

TEST(ScoresTest, ListsOfEveryLengthAndCutoff) {
    constexpr std::int32_t different = 10;
    for_each_team([] {
        for (const int count : {0, 1, 2, 3, 4, 5, 15, 16, 17, 100, 1001}) {
            const Scores before = some_scores(count, different);
            const Scores expected = sorted_by_counting(before, different);
            for (const int cutoff : {1, 2, 3, 10, 64, 5000}) {
                Scores scores = before;
                sort_scores(scores, cutoff);
                ASSERT_EQ(scores, expected)
                    << count << " scores, cutoff " << cutoff;
            }
        }
    });
}

TEST(ScoresTest, ListsThatAreInOrderAlreadyOrAllWrong) {
    constexpr int count = 1000;
    for_each_team([] {
        Scores falling;
        for (int i = 0; i < count; ++i) falling.push_back({count - i, i});
        Scores rising(falling.rbegin(), falling.rend());
        const Scores all_equal(count, Score{3, 3});
        Scores scores = falling;
        sort_scores(scores, 10);
        EXPECT_EQ(scores, falling);
        sort_scores(rising, 10);
        EXPECT_EQ(rising, falling);
        scores = all_equal;
        sort_scores(scores, 10);
        EXPECT_EQ(scores, all_equal);
    });
}

TEST(ScoresTest, PointsBelowZeroAndTheGreatestThereAre) {
    constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
    constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min();
    for_each_team([] {
        Scores scores = {{0, 0}, {least, 1}, {most, 2}, {-1, 3}};
        sort_scores(scores, 1);
        EXPECT_EQ(scores, Scores({{most, 2}, {0, 0}, {-1, 3}, {least, 1}}));
    });
}
