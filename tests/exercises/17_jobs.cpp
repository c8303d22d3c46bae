#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "common/programs/logistic_map.hpp"
#include "lessons/17_jobs/jobs.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

const std::map<Step, std::string>& names() {
    static const std::map<Step, std::string> all = {
        {Step::compile_main, "compile_main"},
        {Step::compile_list, "compile_list"},
        {Step::link, "link"},
        {Step::test, "test"},
        {Step::manual, "manual"}};
    return all;
}

const std::vector<Step>& needs_of(Step step) {
    static const std::map<Step, std::vector<Step>> all = {
        {Step::compile_main, {}},
        {Step::compile_list, {}},
        {Step::link, {Step::compile_main, Step::compile_list}},
        {Step::test, {Step::link}},
        {Step::manual, {Step::compile_list}}};
    return all.at(step);
}

/// Takes note of the steps, and says what is wrong with their order.
class Steps {
 public:
    /// Several threads may begin and end steps at the same time.
    void begin(Step step) {
        const std::scoped_lock lock(mutex_);
        if (!begun_.insert(step).second) {
            ADD_FAILURE() << names().at(step) << " was taken twice";
        }
        for (const Step needed : needs_of(step)) {
            if (done_.count(needed) == 0) {
                ADD_FAILURE() << names().at(step) << " was begun before "
                              << names().at(needed) << " was done";
            }
        }
        changed_.notify_all();
    }
    void end(Step step) {
        const std::scoped_lock lock(mutex_);
        done_.insert(step);
        changed_.notify_all();
    }
    /// Waits until a step has begun, half a second at most. @returns whether
    /// it has.
    bool wait_for(Step step) {
        std::unique_lock lock(mutex_);
        constexpr auto patience = std::chrono::milliseconds(500);
        return changed_.wait_for(lock, patience,
                                 [&] { return begun_.count(step) > 0; });
    }
    void expect_all_done() {
        for (const auto& [step, name] : names()) {
            EXPECT_EQ(done_.count(step), 1U) << name << " was not taken, or "
                                             << "build() did not wait for it";
        }
    }

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<Step> begun_;
    std::set<Step> done_;
};

/// Builds with teams of 2 and 4, and expects that `other` is begun while `one`
/// has not ended yet.
void expect_to_overlap(Step one, Step other) {
    const int before = omp_get_max_threads();
    omp_set_dynamic(0);
    for (const int team : {2, 4}) {
        omp_set_num_threads(team);
        Steps all;
        bool overlapped = false;
        build([&](Step step) {
            all.begin(step);
            if (step == one) overlapped = all.wait_for(other);
            all.end(step);
        });
        all.expect_all_done();
        if (overlapped) continue;
        ADD_FAILURE() << "in a team of " << team << ", " << names().at(other)
                      << " waited for " << names().at(one)
                      << ", which it does not need";
    }
    omp_set_num_threads(before);
}

/// A computation of so many parts, each about a millisecond.
double computed(int parts) { return logistic_map(0.3, 300'000 * parts); }

}  // namespace

TEST(Correct, EveryStepIsTakenOnceAndFindsWhatItNeeds) {
    for_each_team([] {
        for (int i = 0; i < 20; ++i) {
            Steps all;
            build([&](Step step) {
                all.begin(step);
                all.end(step);
            });
            all.expect_all_done();
        }
    });
}

TEST(Correct, AStepThatTakesLongIsWaitedFor) {
    for_each_team([] {
        for (const auto& [slow, name] : names()) {
            Steps all;
            build([&, slow = slow](Step step) {
                all.begin(step);
                if (step == slow) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                }
                all.end(step);
            });
            all.expect_all_done();
        }
    });
}

TEST(Parallel, TheTwoPartsAreCompiledAtTheSameTime) {
    expect_to_overlap(Step::compile_main, Step::compile_list);
}

TEST(Parallel, LinkingDoesNotWaitForTheManual) {
    expect_to_overlap(Step::manual, Step::link);
}

TEST(RaceFree, WhatAStepMakesIsSeenByThoseThatNeedIt) {
    repeat_for_race_detector([](const std::function<void()>& gather) {
        int main_object = 0;
        int list_object = 0;
        int program = 0;
        int tested = 0;
        int pages = 0;
        build([&](Step step) {
            gather();
            switch (step) {
                case Step::compile_main:
                    main_object = 2;
                    break;
                case Step::compile_list:
                    list_object = 3;
                    break;
                case Step::link:
                    program = main_object + list_object;
                    break;
                case Step::test:
                    tested = program;
                    break;
                case Step::manual:
                    pages = list_object;
                    break;
            }
        });
        EXPECT_EQ(tested, 5);
        EXPECT_EQ(pages, 3);
    });
}

TEST(Fast, WithStepsThatCompute) {
    // 17 parts, 10 of them on the longest way from beginning to end.
    const std::map<Step, int> parts = {{Step::compile_main, 5},
                                       {Step::compile_list, 2},
                                       {Step::link, 1},
                                       {Step::test, 4},
                                       {Step::manual, 5}};
    std::map<Step, double> kept;
    for (const auto& [step, name] : names()) kept[step] = 0.0;
    const auto take = [&](Step step) {
        kept.at(step) = computed(parts.at(step));
    };
    measure_speedup(
        Limit::computing,
        [&] {
            for (const auto& [step, name] : names()) take(step);
        },
        [&] { build(take); }, 2);
}
