#include <vector>

#include "lessons/00_skeleton/skeleton.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

/// Has the list made, and compares it. What it says is read by a student.
void expect_list(std::int64_t count, WorkLog& log) {
    std::vector<std::int64_t> list(static_cast<std::size_t>(count), -1);
    skeleton_exercise(list, log);
    std::int64_t expected = 0;
    for (std::int64_t i = 0; i < count; ++i, expected += 3) {
        if (list[i] == expected) continue;
        FAIL() << "element " << i << " of " << count << " is " << list[i]
               << ", not " << expected;
    }
}

}  // namespace

TEST(Correct, ListsOfEveryLength) {
    for_each_team([] {
        for (const int count : {0, 1, 2, 3, 7, 100, 999}) {
            WorkLog log;
            expect_list(count, log);
        }
    });
    FAIL() << "TODO: test what matters, then remove this line";
}

TEST(Parallel, TheTeamSharesTheList) {
    constexpr std::int64_t count = 100;
    expect_shared_items(count, [&](WorkLog& log) { expect_list(count, log); });
}

TEST(RaceFree, OnAList) {
    constexpr std::int64_t count = 1'000;
    std::vector<std::int64_t> list(count);
    repeat_for_race_detector(
        count, [&](WorkLog& log) { skeleton_exercise(list, log); });
}

TEST(Fast, OnALongList) {
    constexpr std::int64_t count = 20'000'000;
    std::vector<std::int64_t> list(count);
    WorkLog log;
    measure_speedup(
        Limit::memory,
        [&] {
            for (std::int64_t i = 0; i < count; ++i) list[i] = 3 * i;
        },
        [&] { skeleton_exercise(list, log); });
}
