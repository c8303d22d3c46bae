#include <algorithm>
#include <array>

#include "lessons/11_primes/primes.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

void expect_gap(std::int64_t bound, std::int64_t expected, WorkLog& log) {
    const std::int64_t gap = greatest_gap(bound, log);
    if (gap != expected) {
        ADD_FAILURE() << "below " << bound << " the greatest gap is "
                      << expected << ", not " << gap;
    }
}

/// A prime, and the gap after it, which is greater than all before.
struct Record {
    std::int64_t prime;
    std::int64_t gap;
};

/// The On-Line Encyclopedia of Integer Sequences, A002386 and A005250.
constexpr std::array<Record, 14> records = {{{2, 1},
                                             {3, 2},
                                             {7, 4},
                                             {23, 6},
                                             {89, 8},
                                             {113, 14},
                                             {523, 18},
                                             {887, 20},
                                             {1'129, 22},
                                             {1'327, 34},
                                             {9'551, 36},
                                             {15'683, 44},
                                             {19'609, 52},
                                             {31'397, 72}}};

}  // namespace

// The function that the exercise calls: the lesson's, word for word.
bool is_prime(std::int64_t n) {
    for (std::int64_t divisor = 2; divisor <= n / divisor; ++divisor) {
        if (n % divisor == 0) return false;
    }
    return n >= 2;
}

TEST(Correct, WithoutAPrimeThereIsNoGap) {
    for_each_team([] {
        for (const std::int64_t bound : {-5, 0, 1, 2}) {
            WorkLog log;
            expect_gap(bound, 0, log);
        }
    });
}

TEST(Correct, EveryRecordBeginsWhereTheTableSays) {
    for_each_team([] {
        std::int64_t before = 0;
        for (const auto& [prime, gap] : records) {
            WorkLog log;
            expect_gap(prime, before, log);
            expect_gap(prime + 1, gap, log);
            expect_gap(prime + gap, gap, log);
            before = gap;
        }
    });
}

// So many that chunks of 100,000, which the lesson's text names, are enough for
// a team of four. The gap: A005250 again.
TEST(Parallel, TheTeamSharesTheNumbers) {
    constexpr std::int64_t bound = 400'000;
    expect_shared_items(bound,
                        [](WorkLog& log) { expect_gap(bound, 112, log); });
}

TEST(RaceFree, OnASmallBound) {
    constexpr std::int64_t bound = 110'000;  // two chunks at least
    repeat_for_race_detector(bound,
                             [](WorkLog& log) { greatest_gap(bound, log); });
}

TEST(Fast, OnALargeBound) {
    constexpr std::int64_t bound = 500'000;
    std::int64_t sum = 0;
    WorkLog log;
    const auto next_after = [](std::int64_t n) {
        do ++n;
        while (!is_prime(n));
        return n;
    };
    measure_speedup(
        Limit::computing,
        [&] {
            std::int64_t greatest = 0;
            for (std::int64_t n = 0; n < bound; ++n) {
                if (is_prime(n))
                    greatest = std::max(greatest, next_after(n) - n);
            }
            sum += greatest;
        },
        [&] { sum += greatest_gap(bound, log); });
}
