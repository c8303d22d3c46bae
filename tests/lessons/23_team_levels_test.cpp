#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

#include "lessons/23_team/team.hpp"
#include "tests/support/teams.hpp"

namespace {

/// Pairs, blocks and sizes around them, and levels with an odd number of sums.
constexpr std::int64_t sizes[] = {1,   2,   3,   63,  64,   65,   127,  128,
                                  129, 192, 193, 320, 1000, 4096, 4097, 30'000};

}  // namespace

TEST(TeamTest, FewStripsAreAddedByHand) {
    for_each_team([] {
        WorkLog off;
        EXPECT_DOUBLE_EQ(area(1, off).pi, 16.0 / 5);
        EXPECT_DOUBLE_EQ(area(2, off).pi, (64.0 / 17 + 64.0 / 25) / 2);
    });
}

TEST(TeamTest, EveryTeamFindsTheSameBits) {
    std::map<std::int64_t, double> found;
    for_each_team([&] {
        for (const std::int64_t strips : sizes) {
            WorkLog off;
            const double pi = area(strips, off).pi;
            found.try_emplace(strips, pi);
            EXPECT_EQ(pi, found.at(strips)) << strips << " strips";
        }
    });
}

// A number takes part in 64 + 16 additions at most, and is off by 5 roundings:
// by 1.5e-14 of it all. What is more is the rule's own error, to its last digit
// (see 23_team_test.cpp).
TEST(TeamTest, PiIsOffByWhatTheRuleIsOffToTheLastDigit) {
    constexpr double pi = std::numbers::pi;
    constexpr double rounding = (64 + 16 + 5) * 0x1p-53 * pi;
    for_each_team([] {
        for (const std::int64_t strips : sizes) {
            if (strips < 3) continue;
            const double h = 1.0 / static_cast<double>(strips);
            WorkLog off;
            EXPECT_NEAR(area(strips, off).pi, pi + h * h / 12.0,
                        std::pow(h, 6) / 500.0 + rounding)
                << strips << " strips";
        }
    });
}

TEST(TeamTest, TheTeamIsTheOneThatWasAskedFor) {
    for_each_team([] {
        WorkLog log(omp_get_max_threads());
        EXPECT_EQ(area(1000, log).team, omp_get_max_threads());
        for (int thread = 0; thread < omp_get_max_threads(); ++thread) {
            EXPECT_EQ(log.entries()[thread].thread, thread);
        }
    });
}
