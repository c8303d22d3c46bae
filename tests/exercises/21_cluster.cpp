#include <array>
#include <complex>
#include <vector>

#include "lessons/21_cluster/cluster.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/escape_time.hpp"
#include "tests/support/teams.hpp"

namespace {

View view_of(int width, int height) {
    View view;
    view.width = width;
    view.height = height;
    return view;
}

/// The rows of a process, by dealing them one after the other.
std::vector<int> rows_of(int height, Processes here) {
    std::vector<int> rows;
    int next = 0;  // the process that gets the next row
    for (int y = 0; y < height; ++y) {
        if (next == here.number) rows.push_back(y);
        next = next + 1 == here.count ? 0 : next + 1;
    }
    return rows;
}

int count_of(int height, Processes here) {
    return static_cast<int>(rows_of(height, here).size());
}

/// Has a process compute its rows and compares each with the definition. What
/// it says is read by a student.
void expect_cards(const View& view, int max_iterations, Processes here,
                  WorkLog& log) {
    const std::vector<int> rows = rows_of(view.height, here);
    EscapeTimes mine(view.width, static_cast<int>(rows.size()));
    std::fill(mine.times.begin(), mine.times.end(), -1);
    compute_cards(view, max_iterations, here, mine, log);
    int place = 0;
    for (const int y : rows) {
        for (int x = 0; x < view.width; ++x) {
            const std::complex<double> c = {view.real(x), view.imaginary(y)};
            const int expected = slow_escape_time(c, c, max_iterations);
            const int time = mine.row(place)[x];
            if (time == expected) continue;
            FAIL() << "process " << here.number << " of " << here.count
                   << ", which has " << rows.size() << " of " << view.height
                   << " rows: place " << place << " is for row " << y
                   << ", and its pixel " << x << " is " << time << ", not "
                   << expected
                   << (time == -1 ? ": was this place left out?" : "");
        }
        ++place;
    }
}

}  // namespace

TEST(Correct, TheRowsOfEveryProcess) {
    constexpr std::array<std::pair<int, int>, 6> sizes = {
        {{9, 0}, {5, 1}, {5, 2}, {9, 7}, {1, 40}, {31, 41}}};
    for_each_team([&] {
        for (const auto& [width, height] : sizes) {
            for (const int count : {1, 2, 3, 4, 7}) {
                for (int number = 0; number < count; ++number) {
                    WorkLog log;
                    expect_cards(view_of(width, height), 60,
                                 {.number = number, .count = count}, log);
                }
            }
        }
    });
}

TEST(Parallel, TheTeamSharesTheRowsOfAProcess) {
    constexpr Processes here = {.number = 1, .count = 3};
    const View view = view_of(20, 500);
    expect_shared_items(count_of(view.height, here), [&](WorkLog& log) {
        expect_cards(view, 50, here, log);
    });
}

TEST(RaceFree, OnASmallView) {
    constexpr Processes here = {.number = 0, .count = 2};
    const View view = view_of(24, 128);
    const int rows = count_of(view.height, here);
    EscapeTimes mine(view.width, rows);
    repeat_for_race_detector(
        rows, [&](WorkLog& log) { compute_cards(view, 50, here, mine, log); });
}

TEST(Fast, OnAViewWithUnequalHalves) {
    constexpr Processes here = {.number = 1, .count = 3};
    constexpr int limit = 1000;
    const View view = view_of(300, 300);
    EscapeTimes mine(view.width, count_of(view.height, here));
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            int place = 0;
            for (const int y : rows_of(view.height, here)) {
                compute_row(view, y, limit, mine.row(place));
                ++place;
            }
        },
        [&] { compute_cards(view, limit, here, mine, log); });
}
