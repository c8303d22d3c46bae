#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "lessons/02_naps/naps.hpp"
#include "tests/support/teams.hpp"

namespace {

/// Expects that every nap is taken once, by one of the plan's threads, and
/// lasts at least as long as it should.
void expect_naps_taken(const Plan& plan) {
    const std::size_t count = plan.seconds.size();
    std::vector<std::atomic<int>> reports(count);
    std::atomic<int> strangers = 0;
    WorkLog log(static_cast<std::int64_t>(count));
    naps(
        plan,
        [&](int nap) {
            if (nap < 0 || nap >= static_cast<int>(count)) {
                ++strangers;
            } else {
                ++reports[nap];
            }
        },
        log);
    EXPECT_EQ(strangers, 0);
    for (std::size_t i = 0; i < count; ++i) {
        SCOPED_TRACE(testing::Message() << "nap " << i << " of " << count);
        const WorkLog::Entry& entry = log.entries()[i];
        EXPECT_EQ(reports[i], 1);
        EXPECT_GE(entry.thread, 0);
        EXPECT_LT(entry.thread, plan.threads);
        // A sleep may last longer, but never shorter. (A millionth of it is
        // what rounding may take away.)
        if (plan.steps_per_second == 0.0) {
            EXPECT_GE(entry.end - entry.start, plan.seconds[i] * (1.0 - 1e-6));
        }
    }
}

}  // namespace

// Reckoned by hand, in whole numbers modulo 2^64.
TEST(NapsTest, ComputingDoesEveryStep) {
    EXPECT_EQ(compute(0), 1U);
    EXPECT_EQ(compute(1), 7'806'831'264'735'756'412U);
    EXPECT_EQ(compute(2), 9'396'908'728'118'811'419U);
    // The generator's period is 2^64 (Knuth, The Art of Computer Programming,
    // volume 2, 3.2.1.2): low bit 0 and 1 take turns.
    EXPECT_EQ(compute(1000) % 2, 1U);
    EXPECT_EQ(compute(1001) % 2, 0U);
}

TEST(NapsTest, EveryNapIsTakenOnceAndLastsItsTime) {
    for (const int threads : {1, 2, 3, 4, 7, 20}) {
        for (const std::size_t count : {0, 1, 2, 5, 13}) {
            Plan plan;
            plan.threads = threads;
            for (std::size_t i = count; i > 0; --i) {
                plan.seconds.push_back(1e-4 * static_cast<double>(i));
            }
            expect_naps_taken(plan);
        }
    }
}

TEST(NapsTest, ThePlanDecidesOnTheThreadsAndNotTheTeamAround) {
    for_each_team([] {
        expect_naps_taken(
            {.seconds = {1e-3, 1e-3, 1e-3, 1e-3, 1e-3}, .threads = 5});
        expect_naps_taken({.seconds = {1e-3, 1e-3, 1e-3}, .threads = 1});
    });
}

TEST(NapsTest, NapsOfNoLengthAreOverAtOnceAndReported) {
    expect_naps_taken({.seconds = {0.0, 0.0, 0.0}, .threads = 2});
}

TEST(NapsTest, NapsThatComputeAreReportedAsWell) {
    expect_naps_taken(
        {.seconds = {1e-3, 2e-3, 3e-3}, .threads = 3, .steps_per_second = 1e6});
}
