#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "lessons/17_jobs/jobs.hpp"
#include "lessons/17_jobs/makespan.hpp"
#include "tests/support/teams.hpp"
#include "tests/support/work_logs.hpp"

namespace {

using Lengths = std::vector<double>;

double makespan_as_given(const Lengths& lengths, int threads) {
    return list_makespan(lengths, as_given(lengths), threads);
}

double makespan_longest_first(const Lengths& lengths, int threads) {
    return list_makespan(lengths, longest_first(lengths), threads);
}

/// The shortest makespan that there is: all ways to hand out are tried.
double best_makespan(const Lengths& lengths, int threads) {
    std::int64_t ways = 1;
    for (std::size_t i = 0; i < lengths.size(); ++i) ways *= threads;
    double best = total_of(lengths);
    for (std::int64_t way = 0; way < ways; ++way) {
        std::vector<double> busy(static_cast<std::size_t>(threads), 0.0);
        std::int64_t rest = way;
        for (const double length : lengths) {
            busy[static_cast<std::size_t>(rest % threads)] += length;
            rest /= threads;
        }
        best = std::min(best, *std::max_element(busy.begin(), busy.end()));
    }
    return best;
}

/// Jobs that take next to no time.
Jobs short_jobs(std::size_t count) {
    Jobs jobs;
    for (std::size_t i = 0; i < count; ++i) {
        jobs.lengths.push_back(static_cast<double>(i % 3));
    }
    jobs.unit = 1e-5;
    return jobs;
}

}  // namespace

TEST(MakespanTest, ThePuzzleOfThreeTasks) {
    const Lengths tasks = {50, 25, 15};
    EXPECT_EQ(lower_bound(tasks, 2), 50.0);
    EXPECT_EQ(sections_makespan(tasks, 2), 50.0);
    EXPECT_EQ(blocks_makespan(tasks, 2), 75.0);
    EXPECT_EQ(makespan_as_given(tasks, 2), 50.0);
    EXPECT_EQ(makespan_longest_first(tasks, 2), 50.0);
}

TEST(MakespanTest, ThePuzzleOfTwoTasks) {
    const Lengths tasks = {25, 45};
    EXPECT_EQ(lower_bound(tasks, 2), 45.0);
    for (const int threads : {1, 2, 3}) {
        const double expected = threads == 1 ? 70.0 : 45.0;
        EXPECT_EQ(sections_makespan(tasks, threads), expected);
        EXPECT_EQ(blocks_makespan(tasks, threads), expected);
        EXPECT_EQ(makespan_as_given(tasks, threads), expected);
        EXPECT_EQ(makespan_longest_first(tasks, threads), expected);
    }
}

TEST(MakespanTest, TheOrderOfTheListDecides) {
    // 15 | 25, then 50 behind the 15.
    EXPECT_EQ(makespan_as_given({15, 25, 50}, 2), 65.0);
    EXPECT_EQ(makespan_longest_first({15, 25, 50}, 2), 50.0);
    // 3 2 2 | 3 2, though 3 3 | 2 2 2 would be better.
    EXPECT_EQ(makespan_longest_first({3, 3, 2, 2, 2}, 2), 7.0);
    EXPECT_EQ(best_makespan({3, 3, 2, 2, 2}, 2), 6.0);
}

TEST(MakespanTest, BlocksAreAsEvenAsCanBeTheLongerOnesFirst) {
    const Lengths seven = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000};
    EXPECT_EQ(blocks_makespan(seven, 1), 1'111'111.0);
    EXPECT_EQ(blocks_makespan(seven, 2), 1'110'000.0);  // 4 and 3
    EXPECT_EQ(blocks_makespan(seven, 3), 1'100'000.0);  // 3, 2 and 2
    EXPECT_EQ(blocks_makespan(seven, 7), 1'000'000.0);
    EXPECT_EQ(blocks_makespan(seven, 9), 1'000'000.0);
    EXPECT_EQ(blocks_makespan(Lengths{5, 5, 5, 1}, 3), 10.0);  // 2, 1 and 1
}

TEST(MakespanTest, WithoutJobsNothingTakesTime) {
    EXPECT_EQ(lower_bound({}, 2), 0.0);
    EXPECT_EQ(sections_makespan({}, 2), 0.0);
    EXPECT_EQ(blocks_makespan({}, 2), 0.0);
    EXPECT_EQ(makespan_as_given({}, 2), 0.0);
}

TEST(MakespanTest, LongestFirstKeepsTheOrderOfEquals) {
    EXPECT_EQ(longest_first(Lengths{2, 5, 2, 7, 5}),
              (std::vector<int>{3, 1, 4, 0, 2}));
}

// What Graham has proved (1966 and 1969), for lists of which the best way is
// found by trying all: any list is at most 2 - 1/m times the best, longest
// first at most 4/3 - 1/(3m) times.
TEST(MakespanTest, ListsKeepWithinGrahamsBounds) {
    std::mt19937 random(17);
    for (int round = 0; round < 60; ++round) {
        const int threads = 2 + round % 3;
        Lengths lengths(1 + random() % 7);
        for (double& length : lengths) {
            length = static_cast<double>(1 + random() % 20);
        }
        const double best = best_makespan(lengths, threads);
        const double any = makespan_as_given(lengths, threads);
        const double sorted = makespan_longest_first(lengths, threads);
        const double m = threads;
        constexpr double rounding = 1e-9;
        EXPECT_LE(lower_bound(lengths, threads), best + rounding);
        EXPECT_LE(best, sorted);
        EXPECT_LE(best, any);
        EXPECT_LE(best, blocks_makespan(lengths, threads));
        EXPECT_LE(best, sections_makespan(lengths, threads));
        EXPECT_LE(any, (2.0 - 1.0 / m) * best + rounding);
        EXPECT_LE(sorted, (4.0 / 3.0 - 1.0 / (3.0 * m)) * best + rounding);
    }
}

TEST(JobsTest, EveryJobIsDoneOnceWhicheverTheWay) {
    for_each_team([] {
        for (const std::size_t count : {0, 1, 2, 3, 7, 40}) {
            SCOPED_TRACE(testing::Message() << count << " jobs");
            const Jobs jobs = short_jobs(count);
            const auto items = static_cast<std::int64_t>(count);
            std::vector<int> list = as_given(jobs.lengths);
            std::reverse(list.begin(), list.end());
            WorkLog sections(items);
            WorkLog blocks(items);
            WorkLog from(items);
            in_sections(jobs, sections);
            in_blocks(jobs, blocks);
            from_list(jobs, list, from);
            expect_complete(sections, items);
            expect_complete(blocks, items);
            expect_complete(from, items);
            // A sleep may last longer, but never shorter.
            EXPECT_GE(from.makespan(),
                      longest_of(jobs.lengths) * jobs.unit * (1.0 - 1e-6));
        }
    });
}

TEST(JobsTest, WhatASectionDoesIsDoneInOrder) {
    for_each_team([] {
        WorkLog log(4);
        in_sections({.lengths = {2, 1, 1, 1}, .unit = 1e-4}, log);
        for (std::size_t i = 2; i < 4; ++i) {
            EXPECT_EQ(log.entries()[i].thread, log.entries()[1].thread);
            EXPECT_GE(log.entries()[i].start, log.entries()[i - 1].end);
        }
    });
}

TEST(JobsTest, BlocksGoToTheThreadsThatThePredictionSays) {
    omp_set_dynamic(0);
    const int before = omp_get_max_threads();
    omp_set_num_threads(3);
    const int team = omp_get_max_threads();  // 1 where OpenMP is off
    WorkLog log(7);
    in_blocks(short_jobs(7), log);
    const std::vector<int> expected = {0, 0, 0, 1, 1, 2, 2};
    for (std::size_t i = 0; i < 7; ++i) {
        const int thread = log.entries()[i].thread;
        if (team == 3 && log.entries()[6].thread > 0) {
            EXPECT_EQ(thread, expected[i]) << "job " << i;
        } else {
            EXPECT_EQ(thread, 0) << "job " << i;  // the serial version
        }
    }
    omp_set_num_threads(before);
}
