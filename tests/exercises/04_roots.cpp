#include <atomic>
#include <vector>

#include "lessons/04_roots/roots.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

/// The numbers of divisors of 1 .. count, found the other way round: each
/// number visits its own multiples.
std::vector<int> counts_by_multiples(std::size_t count) {
    std::vector<int> counts(count, 0);
    for (std::size_t divisor = 1; divisor <= count; ++divisor) {
        for (std::size_t n = divisor; n <= count; n += divisor) {
            ++counts[n - 1];
        }
    }
    return counts;
}

}  // namespace

TEST(Correct, TheNumbersUpToTwelve) {
    for_each_team([] {
        std::vector<int> counts(12, -1);
        WorkLog log;
        divisors(counts, log);
        EXPECT_EQ(counts,
                  (std::vector<int>{1, 2, 2, 3, 2, 4, 2, 4, 3, 4, 2, 6}));
    });
}

TEST(Correct, ListsOfEveryLength) {
    for_each_team([] {
        for (const std::size_t count : {0, 1, 2, 5, 101, 1000}) {
            std::vector<int> counts(count, -1);
            WorkLog log;
            divisors(counts, log);
            EXPECT_EQ(counts, counts_by_multiples(count))
                << "the first " << count << " numbers";
        }
    });
}

TEST(Correct, NoElementIsDoneTwice) {
    for (const std::size_t count : {1, 2, 7, 8}) {
        std::vector<int> counts(count, -1);
        WorkLog log(static_cast<std::int64_t>(count));
        std::vector<std::atomic<int>> times(count);
        log.on_start([&times](std::int64_t i) { ++times.at(i); });
        divisors(counts, log);
        for (std::size_t i = 0; i < count; ++i) {
            if (times[i] == 2 && i == count / 2) {
                ADD_FAILURE() << "element " << i << " of " << count
                              << ", the one in the middle, is done twice: it "
                                 "has no partner";
            } else if (times[i] != 1) {
                ADD_FAILURE() << "element " << i << " of " << count
                              << " is done " << times[i] << " times, not once";
            }
        }
    }
}

TEST(Parallel, TheTeamSharesTheNumbers) {
    constexpr std::size_t count = 101;
    expect_shared_items(count, [](WorkLog& log) {
        std::vector<int> counts(count, -1);
        divisors(counts, log);
    });
}

TEST(Parallel, TheTwoOfAPairAreDoneByOneThread) {
    for (const int team : {2, 3, 4}) {
        omp_set_dynamic(0);
        omp_set_num_threads(team);
        constexpr std::size_t count = 101;
        std::vector<int> counts(count, -1);
        WorkLog log(count);
        divisors(counts, log);
        for (std::size_t i = 0; i < count / 2; ++i) {
            const std::size_t partner = count - 1 - i;
            if (log.entries()[i].thread == log.entries()[partner].thread) {
                continue;
            }
            ADD_FAILURE() << "in a team of " << team
                          << ", different threads did element " << i
                          << " and its partner, element " << partner << " of "
                          << count << ": let one iteration do both";
            return;
        }
    }
}

TEST(RaceFree, OnAShortList) {
    constexpr std::size_t count = 101;
    std::vector<int> counts(count, -1);
    repeat_for_race_detector(count,
                             [&](WorkLog& log) { divisors(counts, log); });
}

TEST(Fast, OnALongList) {
    constexpr std::size_t count = 6000;
    std::vector<int> counts(count);
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            for (int number = 1; number <= static_cast<int>(count); ++number) {
                int found = 0;
                for (int divisor = 1; divisor <= number; ++divisor) {
                    if (number % divisor == 0) ++found;
                }
                counts[number - 1] = found;
            }
        },
        [&] { divisors(counts, log); });
}
