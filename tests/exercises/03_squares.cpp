#include <atomic>

#include "common/openmp.hpp"
#include "lessons/03_squares/squares.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

constexpr int untouched = -1;

/// The lengths of 1 .. count. Each number is followed only until it is smaller
/// than it was: how far it is from there is known already.
std::vector<int> known_lengths(std::int64_t count) {
    std::vector<int> lengths(static_cast<std::size_t>(count));
    for (std::int64_t start = 2; start <= count; ++start) {
        std::int64_t number = start;
        int steps = 0;
        for (; number >= start; ++steps) {
            number = (number & 1) != 0 ? number * 3 + 1 : number >> 1;
        }
        lengths[start - 1] = steps + lengths[number - 1];
    }
    return lengths;
}

/// Has the list made, and compares it.
void expect_lengths(std::int64_t count, WorkLog& log) {
    const std::vector<int> expected = known_lengths(count);
    std::vector<int> list(expected.size(), untouched);
    collatz_lengths(list, log);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i] == expected[i]) continue;
        FAIL() << "element " << i << " of " << count << " is " << list[i]
               << ", not " << expected[i] << ": the steps from " << i + 1
               << " to 1";
    }
}

}  // namespace

TEST(Correct, KnownLengths) {
    // The On-Line Encyclopedia of Integer Sequences, A006577.
    const std::vector<int> expected = {0, 1,  7, 2,  5, 8, 16,
                                       3, 19, 6, 14, 9, 9, 17};
    for_each_team([&] {
        std::vector<int> list(expected.size(), untouched);
        WorkLog log;
        collatz_lengths(list, log);
        EXPECT_EQ(list, expected);
    });
}

TEST(Correct, ListsOfEveryLength) {
    for_each_team([] {
        for (const int count : {0, 1, 2, 3, 7, 100, 999, 1000, 1001, 4321}) {
            WorkLog log;
            expect_lengths(count, log);
        }
    });
}

TEST(Correct, AListWhoseNumbersOutgrow32Bits) {
    constexpr int count = 113'383;  // the first that passes 2^31 on its way
    for_each_team([] {
        WorkLog log;
        expect_lengths(count, log);
    });
}

TEST(Parallel, TheTeamSharesALongList) {
    for (const std::int64_t count : {worth_a_team, 3 * worth_a_team + 1}) {
        SCOPED_TRACE(testing::Message() << "a list of " << count);
        expect_shared_items(count,
                            [&](WorkLog& log) { expect_lengths(count, log); });
    }
}

TEST(Parallel, OneThreadMakesAShortList) {
    for_each_team([] {
        for (const std::int64_t count : {std::int64_t{7}, worth_a_team - 1}) {
            std::atomic<int> team = 1;
            WorkLog log(count);
            log.on_start([&team](std::int64_t /*item*/) {
                if (omp_get_num_threads() > 1) team = omp_get_num_threads();
            });
            expect_lengths(count, log);
            if (team > 1) {
                ADD_FAILURE()
                    << "a list of " << count << " was made by a team of "
                    << team << ", not by one thread alone: which clause "
                    << "decides whether a team is called?";
            }
        }
    });
}

TEST(RaceFree, OnALongList) {
    constexpr std::int64_t count = 2 * worth_a_team;
    std::vector<int> list(count);
    repeat_for_race_detector(count,
                             [&](WorkLog& log) { collatz_lengths(list, log); });
}

TEST(Fast, OnALongList) {
    constexpr std::int64_t count = 120'000;
    std::vector<int> list(count);
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            for (std::int64_t i = 0; i < count; ++i) {
                std::int64_t number = i + 1;
                int steps = 0;
                for (; number > 1; ++steps) {
                    number = number % 2 == 0 ? number / 2 : 3 * number + 1;
                }
                list[i] = steps;
            }
        },
        [&] { collatz_lengths(list, log); });
}
