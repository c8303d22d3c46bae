// All versions but racy.cpp, which has a test of its own.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "lessons/24_dice/dice.hpp"
#include "tests/support/random_sequence.hpp"
#include "tests/support/teams.hpp"

namespace {

using Counts = std::vector<std::int64_t>;

/// roll(), counted on top of `counts`.
Counts rolled(std::int64_t throws, int dice, std::uint64_t seed) {
    Counts counts(6 * dice + 1);
    roll(throws, dice, seed, counts.data());
    return counts;
}

/// The same, one throw after the other, from the published generator.
Counts rolled_in_order(std::int64_t throws, int dice, std::uint64_t seed) {
    RandomSequence sequence(seed);
    Counts counts(6 * dice + 1);
    for (std::int64_t i = 0; i < throws; ++i) {
        int sum = dice;
        for (int die = 0; die < dice; ++die) {
            sum += static_cast<int>(sequence.next() % 6);
        }
        ++counts[sum];
    }
    return counts;
}

/// In how many ways so many dice make each sum, die by die.
std::vector<double> ways(int dice) {
    std::vector<double> of(6 * dice + 1);
    of[0] = 1.0;
    for (int die = 1; die <= dice; ++die) {
        for (int sum = 6 * die; sum >= 0; --sum) {
            of[sum] = 0.0;
            for (int face = 1; face <= 6 && face <= sum; ++face) {
                of[sum] += of[sum - face];
            }
        }
    }
    return of;
}

}  // namespace

// rosettacode.org, Pseudo-random numbers/Splitmix64.
constexpr std::array<std::uint64_t, 5> published = {
    6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
    4593380528125082431U, 16408922859458223821U};

TEST(RandomTest, TheNumbersAreThePublishedOnes) {
    start_random(1234567);
    for (std::size_t n = 0; n < published.size(); ++n) {
        EXPECT_EQ(random_number(1234567, n), published[n]) << n;
        EXPECT_EQ(numbers_drawn(), n);
        EXPECT_EQ(next_random(), published[n]) << n;
    }
}

// The same page: how often floor(5 x) is 0 .. 4 in 100,000 numbers x.
TEST(RandomTest, TheirShareOfEachFifthIsThePublishedOne) {
    std::array<int, 5> counts = {};
    for (std::uint64_t n = 0; n < 100'000; ++n) {
        ++counts.at(
            static_cast<std::size_t>(5.0 * unit(random_number(987654321, n))));
    }
    EXPECT_EQ(counts, (std::array<int, 5>{20027, 19892, 20073, 19978, 20030}));
}

TEST(RandomTest, ANumberFarAwayIsHadAtOnce) {
    RandomSequence sequence(99);
    std::uint64_t last = 0;
    for (int n = 0; n <= 100'000; ++n) last = sequence.next();
    EXPECT_EQ(random_number(99, 100'000), last);
    // n + 1 wraps round: the number is what mixing the seed gives.
    EXPECT_EQ(random_number(0, ~std::uint64_t{0}), 0U);
}

TEST(RandomTest, FacesAndPlacesReachBothEnds) {
    EXPECT_EQ(face(0), 1);
    EXPECT_EQ(face(5), 6);
    EXPECT_EQ(face(6), 1);
    EXPECT_EQ(unit(0), 0.0);
    EXPECT_EQ(unit(~std::uint64_t{0}), 1.0 - 0x1p-53);
}

TEST(DiceTest, TheFirstThrowsAreThoseOfThePublishedNumbers) {
    for_each_team([] {
        // The five published numbers are 3, 1, 3, 1 and 5 modulo 6.
        EXPECT_EQ(rolled(4, 1, 1234567), (Counts{0, 0, 2, 0, 2, 0, 0}));
        EXPECT_EQ(rolled(2, 2, 1234567),
                  (Counts{0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0}));
        Counts five(31);
        five[18] = 1;
        EXPECT_EQ(rolled(1, 5, 1234567), five);
    });
}

TEST(DiceTest, EveryThrowHasItsOwnNumbers) {
    for_each_team([] {
        for (const std::int64_t throws : {0, 1, 2, 3, 5, 8, 1'000, 10'007}) {
            for (const int dice : {1, 2, 3, 7}) {
                ASSERT_EQ(rolled(throws, dice, 24),
                          rolled_in_order(throws, dice, 24))
                    << throws << " throws of " << dice << " dice";
            }
        }
    });
}

TEST(DiceTest, CountsGrowAndASecondCallBeginsAgain) {
    for_each_team([] {
        Counts counts = rolled(500, 2, 7);
        roll(500, 2, 7, counts.data());
        for (std::int64_t& count : counts) {
            EXPECT_EQ(count % 2, 0);
            count /= 2;
        }
        EXPECT_EQ(counts, rolled_in_order(500, 2, 7));
    });
}

// Pearson's chi-squared over the 16 sums of three dice, 15 degrees of freedom:
// above 44.26 in one of 10,000 sequences. This one is always the same.
TEST(DiceTest, TheSumsComeAsOftenAsTheyShould) {
    constexpr std::int64_t throws = 100'000;
    constexpr double rare = 44.26;
    const Counts counts = rolled(throws, 3, 24);
    const std::vector<double> of = ways(3);
    ASSERT_EQ(of[3], 1.0);
    ASSERT_EQ(of[10], 27.0);
    double chi_squared = 0.0;
    for (int sum = 3; sum <= 18; ++sum) {
        const double expected = throws * of[sum] / 216.0;
        const double off = static_cast<double>(counts[sum]) - expected;
        chi_squared += off * off / expected;
    }
    EXPECT_LT(chi_squared, rare);
}
