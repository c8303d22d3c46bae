// All versions but levels.cpp, which has a test of its own.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "lessons/23_team/team.hpp"
#include "tests/support/teams.hpp"
#include "tests/support/work_logs.hpp"

namespace {

constexpr double pi = std::numbers::pi;

/// What the midpoint rule gives in exact arithmetic, for 3 strips or more, by
/// the Euler-Maclaurin formula: pi + h^2 / 12, and less than h^6 / 500 off
/// that. (Its coefficients: f'(1) - f'(0) = -2, f'''(1) = f'''(0) = 0, and the
/// next derivative gives -31 * 60 / 967680.)
double of_midpoint_rule(std::int64_t strips) {
    const double h = 1.0 / static_cast<double>(strips);
    return pi + h * h / 12.0;
}

double allowed(std::int64_t strips) {
    const auto count = static_cast<double>(strips);
    return std::pow(count, -6.0) / 500.0 + (count + 4.0) * 0x1p-53 * pi;
}

}  // namespace

TEST(TeamTest, FewStripsAreAddedByHand) {
    // Heights over 1/2; 1/4 and 3/4; 1/6, 3/6 and 5/6.
    for_each_team([] {
        WorkLog off;
        EXPECT_DOUBLE_EQ(area(1, off).pi, 16.0 / 5);
        EXPECT_DOUBLE_EQ(area(2, off).pi, (64.0 / 17 + 64.0 / 25) / 2);
        EXPECT_DOUBLE_EQ(area(3, off).pi,
                         (144.0 / 37 + 16.0 / 5 + 144.0 / 61) / 3);
    });
}

TEST(TeamTest, PiIsOffByWhatTheRuleIsOff) {
    for_each_team([] {
        for (const std::int64_t strips :
             {3, 4, 5, 7, 10, 63, 64, 65, 100, 1000, 4097, 100'000}) {
            WorkLog off;
            const double found = area(strips, off).pi;
            const auto count = static_cast<double>(strips);
            EXPECT_NEAR(found, of_midpoint_rule(strips), allowed(strips))
                << strips << " strips";
            EXPECT_LE(std::abs(found - pi),
                      1.0 / (3.0 * count * count) + (count + 4.0) * 0x1p-51)
                << strips << " strips";
        }
    });
}

// No strip is left out or added twice, wherever a share ends: a strip of 1000
// is at least 0.002.
TEST(TeamTest, NoStripIsLostAtTheEndOfAShare) {
    for_each_team([] {
        for (std::int64_t strips = 990; strips < 1010; ++strips) {
            WorkLog off;
            EXPECT_NEAR(area(strips, off).pi, of_midpoint_rule(strips), 1e-12);
        }
    });
}

TEST(TeamTest, EveryThreadOfTheTeamHasAShare) {
    for_each_team([] {
        for (const std::int64_t strips : {1, 2, 5, 1000}) {
            const int most = omp_get_max_threads();
            WorkLog log(most);
            const int team = area(strips, log).team;
            // One thread where OpenMP is off, as in the serial version.
            EXPECT_TRUE(team == 1 || team == most) << team;
            for (int thread = 0; thread < most; ++thread) {
                EXPECT_EQ(log.entries()[thread].thread,
                          thread < team ? thread : -1);
            }
        }
    });
}
