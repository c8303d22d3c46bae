#include <fmt/core.h>

#include <atomic>

#include "common/openmp.hpp"
#include "common/programs/logistic_map.hpp"
#include "lessons/01_hello/hello.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

/// The list that a team signs.
class Roll {
 public:
    explicit Roll(int team) : times_(static_cast<std::size_t>(team)) {}

    /// To be called on the thread that signs; by several at once.
    void sign(int place) {
        if (place < 0 || place >= team()) {
            stranger_ = place;
            has_stranger_ = true;
            return;
        }
        ++times_[place];
        if (place == omp_get_thread_num()) return;
        forger_ = omp_get_thread_num();
        forged_ = place;
    }

    /// What is wrong with the list; empty where each place is signed once.
    [[nodiscard]] std::string complaint() const {
        if (has_stranger_) {
            return fmt::format("place {} was signed, and there is none: {}",
                               stranger_.load(), places());
        }
        for (int place = 0; place < team(); ++place) {
            const int times = times_[place];
            if (times == 0) {
                return fmt::format("nobody signed at place {}: {}", place,
                                   places());
            }
            if (times > 1) {
                return fmt::format("place {} was signed {} times: {}", place,
                                   times, places());
            }
        }
        return {};
    }

    /// Who has signed for another; empty where nobody has.
    [[nodiscard]] std::string forgery() const {
        if (forged_ < 0) return {};
        return fmt::format(
            "place {} was signed by thread {}: does every thread ask for its "
            "own number?",
            forged_.load(), forger_.load());
    }

 private:
    [[nodiscard]] int team() const { return static_cast<int>(times_.size()); }
    [[nodiscard]] std::string places() const {
        return fmt::format(
            "a team of {} has the places 0 to {}, and each is "
            "signed once",
            team(), team() - 1);
    }

    std::vector<std::atomic<int>> times_;
    std::atomic<bool> has_stranger_ = false;
    std::atomic<int> stranger_ = 0;
    std::atomic<int> forger_ = -1;
    std::atomic<int> forged_ = -1;
};

/// Work that touches no memory.
void compute(int steps) {
    if (logistic_map(0.1, steps) < 0.0) FAIL();  // so that it is computed
}

}  // namespace

TEST(Correct, EachPlaceIsSignedOnce) {
    for_each_team([] {
        Roll roll(omp_get_max_threads());
        roll_call([&roll](int place) { roll.sign(place); });
        const std::string complaint = roll.complaint();
        if (!complaint.empty()) ADD_FAILURE() << complaint;
    });
}

TEST(Correct, TheRollIsCalledAgain) {
    for_each_team([] {
        constexpr int calls = 20;
        for (int i = 0; i < calls; ++i) {
            Roll roll(omp_get_max_threads());
            roll_call([&roll](int place) { roll.sign(place); });
            const std::string complaint = roll.complaint();
            if (!complaint.empty()) FAIL() << complaint;
        }
    });
}

TEST(Parallel, EveryThreadSignsForItselfAndWaitsForNoOther) {
    for_each_team([] {
        const int team = omp_get_max_threads();
        if (team == 1) return;
        Roll roll(team);
        Watch watch(team, team);
        roll_call([&](int place) {
            roll.sign(place);
            watch.begin(omp_get_thread_num());
        });
        // The first of these that is not empty says most.
        for (const std::string& complaint :
             {roll.forgery(), roll.complaint(), watch.complaint()}) {
            if (complaint.empty()) continue;
            ADD_FAILURE() << complaint;
            break;
        }
    });
}

TEST(RaceFree, TheRoll) {
    repeat_for_race_detector([](const std::function<void()>& gather) {
        roll_call([&gather](int /*place*/) { gather(); });
    });
}

TEST(Fast, WithSomethingToDoForEachThread) {
    constexpr int all_steps = 6'000'000;
    measure_speedup(
        Limit::computing,
        [] {
            const int team = omp_get_max_threads();
            for (int i = 0; i < team; ++i) compute(all_steps / team);
        },
        [] {
            const int steps = all_steps / omp_get_max_threads();
            roll_call([steps](int /*place*/) { compute(steps); });
        });
}
