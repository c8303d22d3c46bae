#include <fmt/core.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/programs/logistic_map.hpp"
#include "lessons/02_naps/naps.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

Plan plan_of(std::size_t count, int threads) {
    Plan plan;
    plan.seconds.assign(count, 0.0);
    plan.threads = threads;
    return plan;
}

std::string text(int nap) { return fmt::format("the dream of nap {}", nap); }

std::vector<std::string> texts(std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(text(static_cast<int>(i)));
    }
    return all;
}

/// Naps that end in the wrong order, if they are taken at the same time: each
/// waits for the one submitted after it, but not for ever.
class Backwards {
 public:
    explicit Backwards(int count) : next_(count - 1) {}

    void nap(int i) {
        std::unique_lock lock(mutex_);
        changed_.wait_until(lock, deadline_, [&] { return next_ <= i; });
        lock.unlock();
        // What ended just before gets the time to be written down.
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        lock.lock();
        --next_;
        changed_.notify_all();
    }

 private:
    using Clock = std::chrono::steady_clock;

    std::mutex mutex_;
    std::condition_variable changed_;
    Clock::time_point deadline_ = Clock::now() + std::chrono::milliseconds(500);
    int next_;
};

}  // namespace

TEST(Correct, TheDreamsStandInTheOrderSubmitted) {
    for (const int threads : {1, 2, 3, 4, 7, 12}) {
        for (const std::size_t count : {0, 1, 2, 5, 10, 101}) {
            EXPECT_EQ(dreams(plan_of(count, threads), text), texts(count))
                << count << " naps on " << threads << " threads";
        }
    }
}

TEST(Correct, ThatHoldsWhenTheLastIsTheFirstToWakeUp) {
    constexpr int count = 6;
    Backwards order(count);
    const auto told = dreams(plan_of(count, count), [&](int nap) {
        order.nap(nap);
        return text(nap);
    });
    EXPECT_EQ(told, texts(count)) << "nap " << count - 1 << " was over first";
}

TEST(Parallel, TheTeamSharesTheNaps) {
    constexpr std::size_t count = 24;
    expect_team_at_work(count, [](Watch& watch) {
        dreams(plan_of(count, omp_get_max_threads()), [&](int nap) {
            watch.begin(nap);
            return text(nap);
        });
    });
}

TEST(Parallel, ThePlanSaysHowManyThreads) {
    omp_set_dynamic(0);
    const int before = omp_get_max_threads();
    omp_set_num_threads(2);
    for (const int threads : {3, 6}) {
        constexpr std::size_t count = 12;
        Watch watch(threads, count);
        dreams(plan_of(count, threads), [&](int nap) {
            watch.begin(nap);
            return text(nap);
        });
        if (watch.complaint().empty()) continue;
        ADD_FAILURE() << watch.complaint() << " (the plan says " << threads
                      << " threads, a team has 2 unless a clause says more)";
    }
    omp_set_num_threads(before);
}

TEST(RaceFree, ManyShortNaps) {
    repeat_for_race_detector([](const std::function<void()>& gather) {
        dreams(plan_of(40, omp_get_max_threads()), [&](int nap) {
            gather();
            return text(nap);
        });
    });
}

TEST(Fast, DreamsThatAreComputed) {
    constexpr std::size_t count = 12;
    const auto dream = [](int nap) {
        return std::to_string(logistic_map(0.1 + 0.01 * nap, 300'000));
    };
    std::vector<std::string> told(count);
    measure_speedup(
        Limit::computing,
        [&] {
            for (std::size_t i = 0; i < count; ++i) {
                told[i] = dream(static_cast<int>(i));
            }
        },
        [&] { told = dreams(plan_of(count, omp_get_max_threads()), dream); });
}
