#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <vector>

#include "lessons/11_primes/primes.hpp"
#include "tests/support/teams.hpp"

namespace {

using Numbers = std::vector<std::int64_t>;

/// For each number below `bound` whether it is prime, by the sieve of
/// Eratosthenes: all multiples of primes are crossed out.
std::vector<bool> sieve(std::size_t bound) {
    std::vector<bool> prime(bound, true);
    for (std::size_t n = 0; n < std::min<std::size_t>(2, bound); ++n) {
        prime[n] = false;
    }
    for (std::size_t n = 2; n < bound; ++n) {
        if (!prime[n]) continue;
        for (std::size_t multiple = 2 * n; multiple < bound; multiple += n) {
            prime[multiple] = false;
        }
    }
    return prime;
}

/// test_numbers(), as a vector.
std::vector<bool> tested(const Numbers& numbers) {
    const auto prime = std::make_unique<bool[]>(numbers.size());
    test_numbers(numbers, {prime.get(), numbers.size()});
    return std::vector<bool>(prime.get(), prime.get() + numbers.size());
}

}  // namespace

TEST(PrimesTest, SmallNumbersAsEverybodyKnowsThem) {
    const Numbers primes = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43};
    for (std::int64_t n = -3; n < 45; ++n) {
        const bool listed =
            std::find(primes.begin(), primes.end(), n) != primes.end();
        EXPECT_EQ(is_prime(n), listed) << n;
    }
}

TEST(PrimesTest, TheSieveSaysTheSame) {
    const std::vector<bool> prime = sieve(30'000);
    for (std::size_t n = 0; n < prime.size(); ++n) {
        ASSERT_EQ(is_prime(static_cast<std::int64_t>(n)), prime[n]) << n;
    }
}

// Squares of primes, and products of two primes close together, are what a
// bound on the divisors that is too low by one takes for primes.
TEST(PrimesTest, SquaresOfPrimesAndProductsOfTwinsAreNotPrime) {
    const std::vector<bool> prime = sieve(3'000);
    for (std::size_t i = 2; i + 2 < prime.size(); ++i) {
        if (!prime[i]) continue;
        const auto n = static_cast<std::int64_t>(i);
        EXPECT_FALSE(is_prime(n * n)) << n;
        EXPECT_FALSE(is_prime(n * (n + 2))) << n;
    }
}

TEST(PrimesTest, LargeNumbersDoNotOverflow) {
    // 2^31 - 1 is prime (Euler, 1772). 46341^2 is the first square that does
    // not fit 31 bits.
    EXPECT_TRUE(is_prime(2'147'483'647));
    EXPECT_FALSE(is_prime(2'147'483'649));  // 3 * 715,827,883
    EXPECT_FALSE(is_prime(std::int64_t{46'337} * 46'337));
    EXPECT_FALSE(is_prime(std::int64_t{1} << 62));
    // 2^61 - 1 is prime and would take a while; these are near 2^63 and have
    // small divisors. A product divisor * divisor would wrap here.
    constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
    EXPECT_FALSE(is_prime(greatest));  // 2^63 - 1 = 7^2 * 73 * 127 * ...
    EXPECT_FALSE(is_prime(greatest - 1));
    EXPECT_FALSE(is_prime(std::numeric_limits<std::int64_t>::min()));
    // 2^41 - 1 = 13,367 * 164,511,353 (Plana, 1859).
    EXPECT_FALSE(is_prime((std::int64_t{1} << 41) - 1));
    EXPECT_TRUE(is_prime(164'511'353));
}

TEST(PrimesTest, ThereAreAsManyAsTheTableSays) {
    // The On-Line Encyclopedia of Integer Sequences, A006880.
    const std::array<std::array<std::int64_t, 2>, 6> table = {{
        {10, 4},
        {100, 25},
        {1'000, 168},
        {10'000, 1'229},
        {100'000, 9'592},
        {1'000'000, 78'498},
    }};
    for_each_team([&] {
        for (const auto& [bound, count] : table) {
            EXPECT_EQ(count_primes(bound), count) << "below " << bound;
        }
    });
}

TEST(PrimesTest, TheBoundItselfDoesNotCount) {
    for_each_team([] {
        const std::vector<bool> prime = sieve(200);
        std::int64_t count = 0;
        for (std::size_t bound = 0; bound < prime.size(); ++bound) {
            ASSERT_EQ(count_primes(static_cast<std::int64_t>(bound)), count)
                << bound;
            if (prime[bound]) ++count;
        }
        EXPECT_EQ(count_primes(-7), 0);
        // Just below, at and above a chunk of the loop.
        EXPECT_EQ(count_primes(1'001), 168);
        EXPECT_EQ(count_primes(1'002), 168);
        EXPECT_EQ(count_primes(1'003), 168);
        EXPECT_EQ(count_primes(1'009), 168);
        EXPECT_EQ(count_primes(1'010), 169);
    });
}

TEST(PrimesTest, GivenNumbersAreTestedEachInItsPlace) {
    for_each_team([] {
        EXPECT_EQ(tested({}), std::vector<bool>());
        EXPECT_EQ(tested({7}), std::vector<bool>({true}));
        // The least and the greatest prime of eight digits, and neighbours.
        EXPECT_EQ(tested({10'000'019, 10'000'017, 4, 99'999'989, 99'999'991, 3,
                          1, 0, 2}),
                  std::vector<bool>({true, false, false, true, false, true,
                                     false, false, true}));
        const std::vector<bool> prime = sieve(5'000);
        Numbers numbers;
        for (std::size_t i = 0; i < prime.size(); ++i) {
            numbers.push_back(static_cast<std::int64_t>(i));
        }
        EXPECT_EQ(tested(numbers), prime);
    });
}
