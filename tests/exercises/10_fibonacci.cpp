#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "lessons/10_fibonacci/fibonacci.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

using Numbers = std::vector<int>;
using Results = std::vector<std::uint64_t>;

/// By addition, from the two before.
std::uint64_t by_addition(int n) {
    std::uint64_t before = 1;
    std::uint64_t number = 0;
    for (int i = 0; i < n; ++i) {
        const std::uint64_t both = before + number;
        before = number;
        number = both;
    }
    return number;
}

Results results_of(const Numbers& numbers, WorkLog& log) {
    Results results(numbers.size(), 99);
    fibonacci_of(numbers, results, log);
    return results;
}

void expect_results(const Numbers& numbers, const Results& results) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::uint64_t expected = by_addition(numbers[i]);
        if (results[i] == expected) continue;
        ADD_FAILURE() << "element " << i << " of " << numbers.size()
                      << " should be F(" << numbers[i] << ") = " << expected
                      << ", and is " << results[i];
        return;
    }
}

/// 1 .. 20 in a mixed order: neither end begins with the biggest.
const Numbers mixed = {5,  12, 3,  17, 9,  20, 1,  14, 7,  11,
                       16, 2,  19, 6,  13, 4,  18, 10, 15, 8};

/// Which elements have begun. The biggest number waits, at most a second, until
/// so many have.
class Begun {
 public:
    explicit Begun(std::size_t wait_for) : wait_for_(wait_for) {}

    void begin(std::int64_t i) {
        std::unique_lock lock(mutex_);
        numbers_.push_back(mixed.at(static_cast<std::size_t>(i)));
        changed_.notify_all();
        if (numbers_.back() != 20) return;
        changed_.wait_for(lock, std::chrono::seconds(1),
                          [this] { return numbers_.size() >= wait_for_; });
        at_the_end_of_the_wait_ = numbers_.size();
    }
    /// The numbers in the order in which they began.
    [[nodiscard]] const Numbers& numbers() const { return numbers_; }
    /// How many had begun when the wait of the biggest was over.
    [[nodiscard]] std::size_t meanwhile() const {
        return at_the_end_of_the_wait_;
    }

 private:
    std::size_t wait_for_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Numbers numbers_;
    std::size_t at_the_end_of_the_wait_ = 0;
};

}  // namespace

// The function that the exercise calls: the lesson's, word for word.
std::uint64_t fibonacci(int n) {
    if (n < 2) return static_cast<std::uint64_t>(n);
    return fibonacci(n - 1) + fibonacci(n - 2);
}

TEST(Correct, ListsInAnyOrder) {
    for_each_team([] {
        for (const Numbers& numbers :
             {Numbers{}, Numbers{7}, Numbers{0, 1, 2}, Numbers{10, 3, 10, 1},
              Numbers{20, 19, 18, 0, 17}, mixed}) {
            WorkLog log;
            expect_results(numbers, results_of(numbers, log));
        }
    });
}

TEST(Parallel, TheTeamSharesTheNumbers) {
    expect_shared_items(
        static_cast<std::int64_t>(mixed.size()),
        [](WorkLog& log) { expect_results(mixed, results_of(mixed, log)); });
}

// A number that begins finds all bigger ones begun, but for those that another
// thread has taken at the same moment.
TEST(Parallel, TheBiggestNumbersComeFirst) {
    for (const int team : {2, 4}) {
        omp_set_dynamic(0);
        omp_set_num_threads(team);
        WorkLog log(static_cast<std::int64_t>(mixed.size()));
        Begun begun(mixed.size());
        log.on_start([&begun](std::int64_t i) { begun.begin(i); });
        results_of(mixed, log);
        if (begun.meanwhile() < mixed.size()) {
            ADD_FAILURE() << "in a team of " << team << ", "
                          << mixed.size() - begun.meanwhile()
                          << " numbers waited for the thread that was busy "
                             "with the biggest: any free thread should take "
                             "the next one";
            return;
        }
        const Numbers& numbers = begun.numbers();
        for (std::size_t k = 0; k < numbers.size(); ++k) {
            const auto bigger_later = std::count_if(
                numbers.begin() + static_cast<std::ptrdiff_t>(k), numbers.end(),
                [&](int later) { return later > numbers[k]; });
            if (bigger_later < team) continue;
            ADD_FAILURE() << "in a team of " << team << ", F(" << numbers[k]
                          << ") was begun while " << bigger_later
                          << " bigger ones were left: in which order does the "
                             "loop go through the list?";
            return;
        }
    }
}

TEST(RaceFree, OnAShortList) {
    repeat_for_race_detector(static_cast<std::int64_t>(mixed.size()),
                             [](WorkLog& log) { results_of(mixed, log); });
}

TEST(Fast, WithTheBiggestNumbersAtTheEnd) {
    Numbers numbers;
    for (int n = 20; n < 28; ++n) numbers.insert(numbers.end(), 5, n);
    Results results(numbers.size());
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                results[i] = fibonacci(numbers[i]);
            }
        },
        [&] { fibonacci_of(numbers, results, log); });
}
