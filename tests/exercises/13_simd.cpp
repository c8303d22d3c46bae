#include <algorithm>
#include <cmath>

#include "lessons/13_simd/simd.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

using List = std::vector<int>;

void expect_extent(const List& list, double length, int largest) {
    const Extent found = extent(list);
    // n squares are summed within n units of rounding, in any order.
    const double allowed =
        static_cast<double>(list.size() + 2) * 0x1p-53 * length;
    if (!(std::abs(found.length - length) <= allowed)) {
        ADD_FAILURE() << "the length of a list of " << list.size() << " is "
                      << length << ", not " << found.length;
    }
    if (found.largest != largest) {
        ADD_FAILURE() << "the largest element of a list of " << list.size()
                      << " is " << largest << ", not " << found.largest;
    }
}

/// The sum of (offset + i)^2 for i = 0 .. count-1, by the formula.
double sum_of_squares(std::int64_t offset, std::int64_t count) {
    const auto up_to = [](std::int64_t n) { return n * (n + 1) * (2 * n + 1); };
    return static_cast<double>(up_to(offset + count - 1) - up_to(offset - 1)) /
           6.0;
}

}  // namespace

TEST(Correct, KnownLists) {
    for_each_team([] {
        expect_extent({}, 0.0, 0);
        expect_extent({-5}, 5.0, 0);
        expect_extent({3, 4}, 5.0, 4);
        expect_extent({2, -10, 11}, 15.0, 11);
        expect_extent({-1, -2, -2}, 3.0, 0);
        expect_extent({100'000, 0, 0}, 100'000.0, 100'000);
        expect_extent({0, 2'147'483'647}, 2'147'483'647.0, 2'147'483'647);
    });
}

TEST(Correct, ListsOfEveryLength) {
    for_each_team([] {
        for (const int count : {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 1001}) {
            List list;
            for (int i = 0; i < count; ++i) list.push_back(10 + i);
            const double length = std::sqrt(sum_of_squares(10, count));
            expect_extent(list, length, 10 + count - 1);
            std::reverse(list.begin(), list.end());
            expect_extent(list, length, 10 + count - 1);
        }
    });
}

TEST(Correct, TheLargestIsFoundWhereverItStands) {
    constexpr int count = 67;
    for_each_team([] {
        for (int place = 0; place < count; ++place) {
            List list(count, -3);
            list[place] = 4;
            expect_extent(list, std::sqrt(9.0 * (count - 1) + 16.0), 4);
        }
    });
}

// 2^54 + 1 is no double: rounding makes it 2^54 again. So a single sum that
// begins with 2^54 stays there, however many ones are added. In lanes only one
// of the sums begins with it, and the ones of all others count.
TEST(Parallel, SeveralSumsAreMadeSideBySide) {
#if !defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "without optimisation no compiler fills lanes";
#endif
    constexpr int large = 1 << 27;
    List list(100'001, 1);
    list[0] = large;
    const int before = omp_get_max_threads();
    omp_set_num_threads(1);  // lanes, not threads
    const double length = extent(list).length;
    omp_set_num_threads(before);
    if (length == large) {
        ADD_FAILURE()
            << "the squares were added one after the other, in the "
               "list's order: which pragma, and which clause for both "
               "results, allow another order? (If they are there "
               "already: g++ 12 gives up where the loop calls "
               "std::max)";
    }
}

TEST(RaceFree, OnASmallList) {
    const List list(1001, 2);
    repeat_for_race_detector([&] { extent(list); });
}

TEST(Fast, OnAListInTheCache) {
    constexpr int calls = 1'000;
    const List list(10'000, 3);
    double sum = 0.0;
    measure_speedup(
        Limit::computing,
        [&] {
            for (int call = 0; call < calls; ++call) {
                double squares = call;
                int largest = 0;
                for (const int number : list) {
                    squares += static_cast<double>(number) * number;
                    if (number > largest) largest = number;
                }
                sum += squares + largest;
            }
        },
        [&] {
            for (int call = 0; call < calls; ++call) {
                const Extent found = extent(list);
                sum += found.length + found.largest;
            }
        });
    EXPECT_GT(sum, 0.0);  // looked at, so that it is computed
}
