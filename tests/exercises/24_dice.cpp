#include <fmt/core.h>

#include <array>
#include <cmath>
#include <numbers>

#include "lessons/24_dice/dice.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/random_sequence.hpp"
#include "tests/support/teams.hpp"

namespace {

/// The hits, one dart after the other.
std::int64_t hits_in_order(std::int64_t darts, std::uint64_t seed) {
    RandomSequence sequence(seed);
    std::int64_t hits = 0;
    for (std::int64_t i = 0; i < darts; ++i) {
        const double x = std::ldexp(sequence.next() >> 11, -53);
        const double y = std::ldexp(sequence.next() >> 11, -53);
        hits += x * x + y * y < 1.0 ? 1 : 0;
    }
    return hits;
}

void expect_hits(std::int64_t darts, std::uint64_t seed, std::int64_t expected,
                 WorkLog& log) {
    const std::int64_t hits = count_hits(darts, seed, log);
    if (hits == expected) return;
    ADD_FAILURE() << fmt::format(
        "of {} darts with the seed {} {} hit, not {}: does every dart have the "
        "numbers that dice.hpp promises, whichever thread throws it?",
        darts, seed, expected, hits);
}

}  // namespace

// Counted in whole numbers of any size, a * a + b * b < 2^106, by a program of
// a few lines in another language.
TEST(Correct, AsManyHitsAsWereCountedElsewhere) {
    for_each_team([] {
        WorkLog log;
        expect_hits(0, 24, 0, log);
        expect_hits(1, 24, 1, log);
        expect_hits(7, 24, 5, log);
        expect_hits(1'000, 24, 769, log);
        expect_hits(10'007, 24, 7'850, log);
        expect_hits(1'000, 0, 807, log);
        expect_hits(10'007, 1234567, 7'801, log);
    });
}

TEST(Correct, EverySeedAndEverySize) {
    for_each_team([] {
        for (std::uint64_t seed = 1; seed < 8; ++seed) {
            for (std::int64_t darts = 0; darts < 60; ++darts) {
                WorkLog log;
                expect_hits(darts, seed, hits_in_order(darts, seed), log);
            }
        }
    });
}

// Each dart hits with probability p = pi / 4, so the error of 4 * hits / darts
// has the standard deviation 4 * sqrt(p (1 - p) / darts).
TEST(Correct, PiIsNoFurtherAwayThanChanceAllows) {
    constexpr std::int64_t darts = 1'000'000;
    constexpr double p = std::numbers::pi / 4;
    const double deviation = 4 * std::sqrt(p * (1 - p) / darts);
    for_each_team([&] {
        WorkLog log;
        expect_hits(darts, 24, 785'361, log);  // counted elsewhere, too
        const auto hits = static_cast<double>(count_hits(darts, 24, log));
        const double error = std::abs(4 * hits / darts - std::numbers::pi);
        if (error > 4 * deviation) {
            ADD_FAILURE() << fmt::format(
                "pi is {:.4f} away, {:.1f} standard deviations: have threads "
                "thrown the same darts?",
                error, error / deviation);
        }
    });
}

TEST(Parallel, TheTeamSharesTheDarts) {
    constexpr std::int64_t darts = 2'000;
    const std::int64_t expected = hits_in_order(darts, 24);
    expect_shared_items(
        darts, [=](WorkLog& log) { expect_hits(darts, 24, expected, log); });
}

TEST(RaceFree, OnAFewDarts) {
    repeat_for_race_detector(1'000,
                             [](WorkLog& log) { count_hits(1'000, 24, log); });
}

TEST(Fast, OnManyDarts) {
    constexpr std::int64_t darts = 1'000'000;
    std::int64_t sum = 0;
    WorkLog off;
    measure_speedup(
        Limit::computing,
        [&] {
            for (std::int64_t i = 0; i < darts; ++i) {
                const WorkLog::Item noted = off.item(i);
                const double x = unit(random_number(24, 2 * i));
                const double y = unit(random_number(24, 2 * i + 1));
                if (x * x + y * y < 1.0) ++sum;
            }
        },
        [&] { sum += count_hits(darts, 24, off); });
    EXPECT_GT(sum, 0);  // looked at, so that it is computed
}
