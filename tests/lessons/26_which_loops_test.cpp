// All versions but racy.cpp, which has a test of its own.

#include <numeric>

#include "tests/support/teams.hpp"
#include "tests/support/which_loops.hpp"

namespace {

/// 0 1 2 0 1 2 ...
List threes(int count) {
    List in;
    for (int i = 0; i < count; ++i) in.push_back(i % 3);
    return in;
}

}  // namespace

TEST(WhichLoopsTest, AShortListGivesWhatIsFoundByHand) {
    for_each_team(expect_results_in_order);
}

TEST(WhichLoopsTest, AnEmptyListGivesOneZeroOrNothing) {
    for_each_team([] {
        for (const auto loop :
             {doubled, running_sum, series, histogram, reciprocals, last_value,
              tickets, draws, search, halvings}) {
            EXPECT_EQ(result_of(loop, {}), Result{0});
        }
        EXPECT_EQ(result_of(collected, {}), Result{});
        Result one = {7};
        copy(std::span(one).subspan(1), one);
        EXPECT_EQ(one, Result{7});
    });
}

// From what 0 1 2 0 1 2 ... is known to give.
TEST(WhichLoopsTest, ALongListGivesWhatItsPatternSays) {
    constexpr int third = 10'000;
    const List in = threes(3 * third);
    for_each_team([&] {
        const Result twice = result_of(doubled, in);
        const Result sums = result_of(running_sum, in);
        const Result kept = result_of(collected, in);
        ASSERT_EQ(kept.size(), in.size());
        for (int i = 0; i < 3 * third; ++i) {
            ASSERT_EQ(twice[i], 2 * (i % 3)) << i;
            ASSERT_EQ(sums[i], i + (i % 3 == 2 ? 1 : 0)) << i;
            ASSERT_EQ(kept[i], i % 3) << i;
        }
        const Result counts = result_of(histogram, in);
        EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0.0),
                  3.0 * third);
        EXPECT_EQ(counts[0], third);
        EXPECT_EQ(counts[2], third);
        // Each three adds 1 + 1/2 + 1/3 = 11/6.
        const double expected = third * 11.0 / 6.0;
        EXPECT_NEAR(result_of(reciprocals, in)[0], expected,
                    expected * 3 * third * 0x1p-53);
        EXPECT_EQ(result_of(last_value, in)[0], 2.0);
        EXPECT_EQ(result_of(draws, in)[3 * third - 1], 3.0 * third);
        EXPECT_EQ(result_of(tickets, in)[3 * third - 1], 3.0 * third);
    });
}

TEST(WhichLoopsTest, SearchFindsTheFirstSeven) {
    EXPECT_EQ(result_of(search, {0, 1, 7, 2, 7})[0], 2.0);
    EXPECT_EQ(result_of(search, {0, 1})[0], 0.0);
}

TEST(WhichLoopsTest, HalvingsAreTheLogarithm) {
    EXPECT_EQ(result_of(halvings, List(1))[0], 0.0);
    EXPECT_EQ(result_of(halvings, List(1024))[0], 10.0);
    EXPECT_EQ(result_of(halvings, List(1023))[0], 9.0);
}

TEST(WhichLoopsTest, TermsAreThoseOfTheExponentialSeries) {
    EXPECT_EQ(term(5, 0), 1.0);
    EXPECT_EQ(term(5, 2), 12.5);
    EXPECT_EQ(term(-2, 3), -8.0 / 6.0);
    EXPECT_EQ(term(0, 1), 0.0);
}
