#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "lessons/13_simd/parts/exact_dot.hpp"
#include "lessons/13_simd/simd.hpp"
#include "tests/support/teams.hpp"

namespace {

using List = std::vector<double>;

/// Lengths around those of vector registers, and longer ones that no number of
/// lanes or threads divides.
constexpr int lengths[] = {0,  1,  2,  3,  4,  5,  7,  8,   9,    15,   16,
                           17, 31, 32, 33, 63, 64, 65, 127, 1000, 1001, 10'007};

/// Whole numbers: their products and sums are exact, in any order.
List whole_numbers(std::size_t count, std::int64_t factor, std::int64_t range) {
    List list(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = static_cast<std::int64_t>(i);
        list[i] = static_cast<double>(number * factor % range - range / 2);
    }
    return list;
}

}  // namespace

TEST(SimdTest, KnownProducts) {
    for_each_team([] {
        EXPECT_EQ(dot({}, {}), 0.0);
        EXPECT_EQ(dot(List{3.0}, List{-2.5}), -7.5);
        EXPECT_EQ(dot(List{1, 2, 3}, List{4, 5, 6}), 32.0);
        EXPECT_EQ(dot(List{1, 0, 1, 0, 1}, List{0, 1, 0, 1, 0}), 0.0);
    });
}

TEST(SimdTest, WholeNumbersGiveTheExactSumAtEveryLength) {
    for_each_team([] {
        for (const int length : lengths) {
            const auto count = static_cast<std::size_t>(length);
            const List left = whole_numbers(count, 37, 1001);
            const List right = whole_numbers(count, 101, 733);
            std::int64_t expected = 0;
            for (std::size_t i = 0; i < count; ++i) {
                expected += static_cast<std::int64_t>(left[i]) *
                            static_cast<std::int64_t>(right[i]);
            }
            ASSERT_EQ(dot(left, right), static_cast<double>(expected))
                << "length " << length;
        }
    });
}

TEST(SimdTest, EveryElementCountsOnce) {
    constexpr std::size_t count = 257;
    for_each_team([] {
        for (std::size_t i = 0; i < count; ++i) {
            List one(count, 0.0);
            one[i] = 1.0;
            const List right = whole_numbers(count, 1, 1'000'000);
            ASSERT_EQ(dot(one, right), right[i]) << "element " << i;
        }
    });
}

// n products of one sign: at most n units of rounding, in any order.
TEST(SimdTest, FractionsAreSummedWithinTheErrorOfAnyOrder) {
    for_each_team([] {
        for (const int length : lengths) {
            const auto count = static_cast<std::size_t>(length);
            List left(count);
            List right(count);
            for (std::size_t i = 0; i < count; ++i) {
                left[i] = 1.0 / static_cast<double>(i + 1);
                right[i] = 1.0 / static_cast<double>(3 * i + 7);
            }
            const double sum = exact_dot(left, right).value();
            ASSERT_NEAR(dot(left, right), sum, length * 0x1p-53 * sum)
                << "length " << length;
        }
    });
}

// (1 + 2^-52)^2 is 1 + 2^-51 + 2^-104: no double holds it. long double, where
// it is longer than double, does not either.
TEST(SimdTest, TheExactProductKeepsEveryBit) {
    const double number = 1.0 + 0x1p-52;
    ExactSum sum = exact_dot(List{number}, List{number});
    EXPECT_EQ(sum.value(), 1.0 + 0x1p-51);
    sum.add(-1.0);
    sum.add(-0x1p-51);
    EXPECT_EQ(sum.value(), 0x1p-104);
    sum.add(-0x1p-104);
    EXPECT_EQ(sum.value(), 0.0);
}

TEST(SimdTest, TheExactSumIsTheSameInEveryOrder) {
    List numbers = {0x1p100, 1.0, -0x1p100, 0x1p-60, 3.0, 0x1p53, -0x1p53};
    std::sort(numbers.begin(), numbers.end());
    do {
        ExactSum sum;
        for (const double number : numbers) sum.add(number);
        ASSERT_EQ(sum.value(), 4.0);  // 4 + 2^-60, rounded once
        sum.add(-4.0);
        ASSERT_EQ(sum.value(), 0x1p-60);
    } while (std::next_permutation(numbers.begin(), numbers.end()));
    EXPECT_EQ(ExactSum().value(), 0.0);
}
