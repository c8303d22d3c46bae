#include <algorithm>
#include <atomic>

#include "lessons/16_scores/scores.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

std::uint64_t naive(int n) {
    if (n < 2) return static_cast<std::uint64_t>(n);
    return naive(n - 1) + naive(n - 2);
}

/// Told of every call of fibonacci(), where a test wants to know.
std::function<void(int n)> on_call;

/// How many calls of fibonacci() F(n) takes: the branches that end.
std::int64_t parts_of(int n, int cutoff) {
    std::int64_t before = 1;
    std::int64_t parts = 1;
    for (int k = cutoff; k <= n; ++k) {
        const std::int64_t both = before + parts;
        before = parts;
        parts = both;
    }
    return parts;
}

/// Has F(n) found, and expects it, and as many calls of fibonacci() as it
/// takes, each for a number below the cutoff.
void expect_number(int n, int cutoff, std::uint64_t expected,
                   const std::function<void(std::int64_t call)>& watcher) {
    std::atomic<std::int64_t> calls = 0;
    std::atomic<int> largest = -1;
    on_call = [&](int of) {
        if (of >= cutoff) largest = of;
        watcher(calls++);
    };
    const std::uint64_t result = fibonacci_by_tasks(n, cutoff);
    on_call = nullptr;
    const auto message = [&] {
        return testing::Message()
               << "F(" << n << ") with a cutoff of " << cutoff << ": ";
    };
    if (result != expected) {
        ADD_FAILURE() << message() << "it is " << expected << ", not "
                      << result;
    }
    if (largest >= cutoff) {
        ADD_FAILURE() << message() << "fibonacci(" << largest
                      << ") was called, which is not below the cutoff";
    }
    const std::int64_t parts = parts_of(n, cutoff);
    if (calls > parts) {
        ADD_FAILURE() << message() << "fibonacci() was called " << calls
                      << " times, where " << parts
                      << " are enough: does every thread of the team find the "
                         "whole number?";
    } else if (calls < parts) {
        ADD_FAILURE() << message() << "fibonacci() was called " << calls
                      << " times, not " << parts
                      << ": each part below the cutoff takes one call";
    }
}

}  // namespace

// The function that the exercise calls: that of lesson 10, with ears.
std::uint64_t fibonacci(int n) {
    if (on_call) on_call(n);
    return naive(n);
}

TEST(Correct, KnownNumbers) {
    // The On-Line Encyclopedia of Integer Sequences, A000045.
    const std::vector<std::pair<int, std::uint64_t>> known = {
        {0, 0},  {1, 1},   {2, 1},     {3, 2},      {4, 3},
        {7, 13}, {10, 55}, {17, 1597}, {24, 46'368}};
    for_each_team([&] {
        for (const auto& [n, number] : known) {
            for (const int cutoff : {2, 3, 8, 15, 40}) {
                if (n - cutoff > 12) continue;  // very many tiny tasks
                expect_number(n, cutoff, number, [](std::int64_t) {});
            }
        }
    });
}

TEST(Parallel, TheTeamSharesTheBranches) {
    constexpr int n = 20;
    constexpr int cutoff = 12;
    constexpr std::uint64_t number = 6765;
    expect_team_at_work(parts_of(n, cutoff), [](Watch& watch) {
        expect_number(n, cutoff, number,
                      [&](std::int64_t call) { watch.begin(call); });
    });
}

TEST(RaceFree, OnASmallNumber) {
    constexpr int n = 16;
    constexpr int cutoff = 5;
    repeat_for_race_detector([](const std::function<void()>& gather) {
        on_call = [&gather](int /*of*/) { gather(); };
        fibonacci_by_tasks(n, cutoff);
        on_call = nullptr;
    });
}

TEST(Fast, OnALargeNumber) {
    constexpr int n = 36;
    constexpr int cutoff = 24;
    std::uint64_t sum = 0;
    measure_speedup(
        Limit::computing, [&] { sum += fibonacci(n); },
        [&] { sum += fibonacci_by_tasks(n, cutoff); });
}
