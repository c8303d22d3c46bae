// racy.cpp, which is wrong on purpose. Under the race detector this program
// must be caught: tests/CMakeLists.txt expects its report.

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "lessons/24_dice/dice.hpp"
#include "tests/support/teams.hpp"

namespace {

std::vector<std::int64_t> rolled(std::int64_t throws) {
    std::vector<std::int64_t> counts(13);
    roll(throws, 2, 1234567, counts.data());
    return counts;
}

}  // namespace

TEST(DiceRacyTest, OneThreadUsesEachNumberOnce) {
    omp_set_num_threads(1);
    EXPECT_EQ(rolled(2), (std::vector<std::int64_t>{0, 0, 0, 0, 0, 0, 2, 0, 0,
                                                    0, 0, 0, 0}));
    EXPECT_EQ(numbers_drawn(), 4U);
}

// That numbers are used twice is a matter of chance, so it is not expected.
TEST(DiceRacyTest, EveryThrowIsCountedAndNoNumberIsInvented) {
    for_each_team([] {
        for (const std::int64_t throws : {0, 1, 10'007}) {
            const auto counts = rolled(throws);
            EXPECT_EQ(std::accumulate(counts.begin() + 2, counts.end(),
                                      std::int64_t{0}),
                      throws);
            EXPECT_LE(numbers_drawn(), 2 * static_cast<std::uint64_t>(throws));
        }
    });
}
