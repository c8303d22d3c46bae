// Lessons 01, 03, 04, 10, 11, 13 to 16: lists, and what is counted in them.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numeric>
#include <random>
#include <span>
#include <vector>

#include "common/openmp.hpp"
#include "common/terminal.hpp"
#include "common/work_log.hpp"
#include "lessons/01_hello/hello.hpp"
#include "lessons/03_squares/squares.hpp"
#include "lessons/04_roots/roots.hpp"
#include "lessons/10_fibonacci/fibonacci.hpp"
#include "lessons/11_primes/primes.hpp"
#include "lessons/13_simd/simd.hpp"
#include "lessons/14_cake/cake.hpp"
#include "lessons/15_mean/mean.hpp"
#include "lessons/16_scores/scores.hpp"
#include "tests/bench/keep.hpp"
#include "tests/bench/suite.hpp"

// NOLINTBEGIN(bugprone-suspicious-include)
namespace serial {
#include "lessons/01_hello/serial.cpp"
#include "lessons/03_squares/serial.cpp"
#include "lessons/04_roots/serial.cpp"
#include "lessons/10_fibonacci/serial.cpp"
#include "lessons/11_primes/serial.cpp"
#include "lessons/13_simd/serial.cpp"
#include "lessons/14_cake/serial.cpp"
#include "lessons/15_mean/serial.cpp"
#include "lessons/16_scores/serial.cpp"
}  // namespace serial
namespace parallel {
#include "lessons/01_hello/parallel.cpp"
#include "lessons/03_squares/parallel.cpp"
#include "lessons/04_roots/parallel.cpp"
#include "lessons/10_fibonacci/parallel.cpp"
#include "lessons/11_primes/parallel.cpp"
#include "lessons/13_simd/parallel.cpp"
#include "lessons/14_cake/parallel.cpp"
#include "lessons/15_mean/parallel.cpp"
#include "lessons/16_scores/parallel.cpp"
}  // namespace parallel
// NOLINTEND(bugprone-suspicious-include)

namespace {

constexpr double nearly_all = 0.95;

/// Calls the version that is wanted.
#define VERSION_OF(version, function) \
    ((version) == Version::serial ? serial::function : parallel::function)

std::function<Cost()> each(double operations, double bytes) {
    return [=] { return Cost{.operations = operations, .bytes = bytes}; };
}

void add_hello(Suite& suite) {
    suite.add_lesson({.lesson = "01_hello",
                      .sizes = decades(100'000, "reports"),
                      .cost = {}},
                     [](std::int64_t n, Version version) {
                         return Prepared{.run = [=] {
                             VERSION_OF(version, hello)
                             (static_cast<int>(n),
                              [](int task, int /*thread*/) { keep(task); });
                         }};
                     });
}

void add_squares(Suite& suite) {
    constexpr double number = sizeof(std::int64_t);
    suite.add_lesson({.lesson = "03_squares",
                      .sizes = decades(10'000'000, "numbers"),
                      .cost = each(1, number),
                      .remark = "leaves the caches"},
                     [](std::int64_t n, Version version) {
                         auto list =
                             std::make_shared<std::vector<std::int64_t>>(n);
                         return Prepared{.run = [=] {
                             VERSION_OF(version, squares)(*list);
                         }};
                     });
}

void add_roots(Suite& suite) {
    constexpr std::int64_t root = 500'000;
    constexpr double steps = 3.0 * root;  // compare, subtract, add
    suite.add_lesson(
        {.lesson = "04_roots",
         .sizes = decades(1'000, "numbers"),
         .cost = each(steps, 2 * sizeof(std::int64_t))},
        [](std::int64_t n, Version version) {
            auto numbers =
                std::make_shared<std::vector<std::int64_t>>(n, root * root);
            auto found = std::make_shared<std::vector<std::int64_t>>(n);
            return Prepared{.run = [=] {
                WorkLog off;
                VERSION_OF(version, roots)(*numbers, *found, off);
            }};
        });
}

void add_fibonacci(Suite& suite) {
    // F(n) takes 2 F(n + 1) - 1 calls; an item is a call. Five more numbers
    // are 11 times the calls.
    const auto size = [](std::int64_t n) {
        double calls = 0.0;
        double next = 1.0;
        double number = 0.0;
        for (std::int64_t i = 0; i < n; ++i) {
            calls += 2.0 * next - 1.0;
            number = std::exchange(next, next + number);
        }
        return ProblemSize{.n = n,
                           .items = calls,
                           .words = fmt::format("F(0) to F({})", n - 1)};
    };
    constexpr double in_a_call = 4;  // compare, subtract twice, add
    // Hardly any bytes: 8 for a list's element, one in a million calls.
    suite.add_lesson(
        {.lesson = "10_fibonacci",
         .sizes = {size(25), size(30), size(35)},
         .cost = each(in_a_call, 1e-5)},
        [](std::int64_t n, Version version) {
            auto list = std::make_shared<std::vector<std::uint64_t>>(n);
            return Prepared{.run = [=] {
                VERSION_OF(version, fibonacci_list)(*list);
            }};
        },
        nearly_all);
}

/// How many divisors is_prime() tries for the numbers below `bound`, on the
/// average: up to the least that divides, or the root.
double divisors_tried(std::int64_t bound) {
    std::vector<std::int64_t> least(static_cast<std::size_t>(bound), 0);
    double tried = 0.0;
    for (std::int64_t n = 2; n < bound; ++n) {
        if (least[n] == 0) {
            for (std::int64_t multiple = n * n; multiple < bound;
                 multiple += n) {
                if (least[multiple] == 0) least[multiple] = n;
            }
            tried += std::floor(std::sqrt(static_cast<double>(n))) - 1.0;
        } else {
            tried += static_cast<double>(least[n]) - 1.0;
        }
    }
    return tried / static_cast<double>(bound);
}

void add_primes(Suite& suite) {
    constexpr std::int64_t largest = 1'000'000;
    const auto cost = [] {
        constexpr double in_a_trial = 4;  // divide, compare, compare, add
        // No bytes but those of a counter.
        return Cost{.operations = in_a_trial * divisors_tried(largest),
                    .bytes = 1e-3};
    };
    suite.add_lesson(
        {.lesson = "11_primes",
         .sizes = decades(largest, "numbers"),
         .cost = cost,
         .remark = "a prime n takes up to sqrt(n) divisions"},
        [](std::int64_t n, Version version) {
            return Prepared{.run = [=] {
                std::int64_t count = VERSION_OF(version, count_primes)(n);
                keep(count);
            }};
        },
        nearly_all);
}

/// The dot product, on one thread: its lanes are the lesson.
void add_simd(Suite& suite) {
    constexpr std::int64_t in_cache = 1'000;
    const auto make = [](std::int64_t n, Version version) {
        auto left = std::make_shared<std::vector<double>>(n, 1.25);
        auto right = std::make_shared<std::vector<double>>(n, 0.75);
        return Prepared{.run = [=] {
            double sum = VERSION_OF(version, dot)(*left, *right);
            keep(sum);
        }};
    };
    const auto add = [&](const std::string& name, Version version) {
        suite.add(name, 1, Make([=] { return make(in_cache, version); }));
    };
    add("13_simd/plain_sum", Version::serial);
    add("13_simd/lanes", Version::parallel);
    constexpr double worth_it = 2.0;
    suite.compare({"13_simd in lanes, one thread, against the plain sum",
                   "13_simd/lanes", "13_simd/plain_sum", Kind::times,
                   worth_it});
    suite.add_lesson({.lesson = "13_simd",
                      .sizes = decades(10'000'000, "products"),
                      .cost = each(2, 2 * sizeof(double)),
                      .remark = "leaves the caches"},
                     make);
}

void add_cake(Suite& suite) {
    suite.add_lesson(
        {.lesson = "14_cake",
         .sizes = decades(40'000'000, "crumbs"),
         .cost = each(1, 2),
         .remark = "leaves the caches"},
        [](std::int64_t n, Version version) {
            auto cake = std::make_shared<Cake>(
                Cake{.slices = 4, .crumbs = std::vector<std::uint8_t>(n)});
            auto counts =
                std::make_shared<std::array<std::int64_t, crumb_sizes>>();
            const auto bake = [=] {
                for (std::size_t i = 0; i < cake->crumbs.size(); ++i) {
                    constexpr std::size_t sizes = 64;
                    cake->crumbs[i] =
                        static_cast<std::uint8_t>(1 + i * 37 % sizes);
                }
            };
            return Prepared{.run =
                                [=] {
                                    WorkLog off;
                                    VERSION_OF(version, eat)
                                    (*cake, counts->data(), off);
                                },
                            .before_each = bake};
        });
}

constexpr std::int64_t columns = 10'000;  // of the matrix

void add_mean(Suite& suite) {
    const auto size = [](std::int64_t rows) {
        return ProblemSize{.n = rows,
                           .items = static_cast<double>(rows * columns),
                           .words = fmt::format("{} x {}", count_text(rows),
                                                count_text(columns))};
    };
    suite.add_lesson(
        {.lesson = "15_mean",
         .sizes = {size(100), size(1'000), size(10'000)},
         .cost = each(1, sizeof(double)),
         .remark = "leaves the caches"},
        [](std::int64_t rows, Version version) {
            auto matrix = std::make_shared<Matrix>(rows, columns);
        // The rows are touched first by the threads that will add them up.
#pragma omp parallel for
            for (std::int64_t y = 0; y < rows; ++y) {
                std::fill_n(matrix->row(y), columns,
                            0.5 + static_cast<double>(y));
            }
            auto means = std::make_shared<std::vector<double>>(columns);
            return Prepared{.run = [=] {
                VERSION_OF(version, column_means)(*matrix, means->data());
            }};
        });
}

void add_scores(Suite& suite) {
    constexpr std::int64_t largest = 1'000'000;
    const auto cost = [] {
        // As many comparisons as merge sort makes at most; every level reads
        // and writes the list, twice.
        const double levels = std::log2(static_cast<double>(largest));
        return Cost{.operations = levels,
                    .bytes = 4 * sizeof(Score) * std::log2(100.0)};
    };
    suite.add_lesson(
        {.lesson = "16_scores",
         .sizes = decades(largest, "scores"),
         .cost = cost,
         .remark = "n log n comparisons"},
        [](std::int64_t n, Version version) {
            auto scores = std::make_shared<std::vector<Score>>(n);
            const auto throw_dice = [=] {
                std::mt19937 generator;
                std::int32_t player = 0;
                for (Score& score : *scores) {
                    score = {static_cast<std::int32_t>(generator() % largest),
                             player++};
                }
            };
            return Prepared{.run =
                                [=] {
                                    VERSION_OF(version, sort_scores)
                                    (*scores, 10'000);
                                },
                            .before_each = throw_dice};
        });
}

}  // namespace

void add_lists(Suite& suite) {
    add_hello(suite);
    add_squares(suite);
    add_roots(suite);
    add_fibonacci(suite);
    add_primes(suite);
    add_simd(suite);
    add_cake(suite);
    add_mean(suite);
    add_scores(suite);
}
