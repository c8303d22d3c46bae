#include <cmath>
#include <numbers>
#include <vector>

#include "lessons/23_team/team.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

/// Has a table made, and compares it with the integral, which is known:
/// sqrt(pi / 2) * erf(x / sqrt(2)). Simpson's rule is off by at most
/// x * width^4 / 2880 times the curve's greatest fourth derivative, 3. What it
/// says is read by a student.
void expect_table(std::int64_t strips, double width, WorkLog& log) {
    std::vector<double> table(static_cast<std::size_t>(strips), -1.0);
    bell_table(table, width, log);
    for (std::int64_t i = 0; i < strips; ++i) {
        const double x = static_cast<double>(i + 1) * width;
        const double expected = std::sqrt(std::numbers::pi / 2.0) *
                                std::erf(x / std::numbers::sqrt2);
        const double allowed = x * std::pow(width, 4) / 960.0 +
                               static_cast<double>(i + 20) * 0x1p-53 * expected;
        if (std::abs(table[i] - expected) <= allowed) continue;
        FAIL() << "entry " << i << " of " << strips << " is " << table[i]
               << ", not " << expected
               << (table[i] < expected ? ": is a share before it missing?"
                                       : "");
    }
}

}  // namespace

TEST(Correct, KnownStrips) {
    for_each_team([] {
        // Each 2 wide: (1 + 4 exp(-1/2) + exp(-2)) / 3, and so on.
        std::vector<double> table(3);
        WorkLog log;
        bell_table(table, 2.0, log);
        EXPECT_NEAR(table[0], 1.1871526406957154, 1e-14);
        EXPECT_NEAR(table[1], 1.2471882180348768, 1e-14);
        EXPECT_NEAR(table[2], 1.2473050128584002, 1e-14);
    });
}

TEST(Correct, TablesOfEveryLength) {
    for_each_team([] {
        for (const int strips : {0, 1, 2, 3, 5, 6, 7, 8, 100, 999, 10'007}) {
            WorkLog log;
            expect_table(strips, 0.01, log);
        }
    });
}

// A share that is late, the first and the last one: who does not wait for it
// adds a sum that is not there yet.
TEST(Correct, EveryShareIsWaitedFor) {
    constexpr std::int64_t strips = 28;
    for_each_team([] {
        for (const std::int64_t late : {std::int64_t{0}, strips - 1}) {
            WorkLog log(strips);
            log.on_start([late](std::int64_t i) {
                if (i != late) return;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            });
            expect_table(strips, 0.1, log);
        }
    });
}

TEST(Parallel, TheTeamSharesTheStrips) {
    constexpr std::int64_t strips = 100;
    expect_shared_items(strips,
                        [&](WorkLog& log) { expect_table(strips, 0.03, log); });
}

TEST(RaceFree, OnASmallTable) {
    std::vector<double> table(1'000);
    repeat_for_race_detector(
        std::ssize(table), [&](WorkLog& log) { bell_table(table, 0.01, log); });
}

TEST(Fast, OnALongTable) {
    constexpr std::int64_t strips = 500'000;
    std::vector<double> table(strips);
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            double sum = 0.0;
            for (std::int64_t i = 0; i < strips; ++i) {
                sum += bell_strip(i, 1e-6);
                table[i] = sum;
            }
        },
        [&] { bell_table(table, 1e-6, log); });
}
