// Counts the primes below a bound, or tests numbers that are given.

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "primes.hpp"

namespace {

void count_and_tell(Lesson& lesson, std::int64_t bound) {
    lesson.set_size("below " + count_text(bound), bound);
    std::int64_t count = 0;
    lesson.measure([&] { count = count_primes(bound); });
    lesson.add_result(std::as_bytes(std::span(&count, 1)));
    lesson.time_items(std::max<std::int64_t>(0, bound - 2),
                      [](std::int64_t i) { is_prime(2 + i); });
    fmt::print("{} primes below {}\n", count_text(count), count_text(bound));
}

void test_and_tell(Lesson& lesson, std::span<const std::int64_t> numbers) {
    lesson.set_size(fmt::format("{} given numbers", numbers.size()),
                    static_cast<std::int64_t>(numbers.size()));
    // std::vector<bool> packs its elements, so it has no span of bool.
    // NOLINTNEXTLINE(modernize-avoid-c-arrays)
    const auto prime = std::make_unique<bool[]>(numbers.size());
    const std::span answers(prime.get(), numbers.size());
    lesson.measure([&] { test_numbers(numbers, answers); },
                   [&] { std::fill(answers.begin(), answers.end(), false); });
    lesson.add_result(std::as_bytes(answers));
    lesson.time_items(std::ssize(numbers), [&](std::int64_t i) {
        is_prime(numbers[static_cast<std::size_t>(i)]);
    });
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        fmt::print("{} is {}\n", numbers[i], prime[i] ? "prime" : "not prime");
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t bound = 1'000'000;
    std::vector<std::int64_t> numbers;
    Lesson lesson("11_primes",
                  "Counts the primes below a bound, or tests given numbers.");
    lesson.option("--below", bound,
                  {1, 10'000'000'000, 3000,
                   "ten times the bound takes thirty times as long"},
                  "the bound");
    lesson.option("--numbers", numbers,
                  {0, std::numeric_limits<std::int64_t>::max()},
                  "numbers to test instead of counting, such as "
                  "10000019,2147483647");
    lesson.add_item_times();
    lesson.add_schedule("dynamic,1000");
    return lesson.run(argc, argv, [&] {
        if (numbers.empty()) {
            count_and_tell(lesson, bound);
        } else {
            test_and_tell(lesson, numbers);
        }
    });
}
