#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "lessons/01_hello/hello.hpp"
#include "tests/support/teams.hpp"

TEST(HelloTest, EveryTaskReportsOnceAndFromAThreadOfTheTeam) {
    for_each_team([] {
        for (const int tasks : {0, 1, 2, 5, 31, 1000}) {
            const auto count = static_cast<std::size_t>(tasks);
            std::vector<std::atomic<int>> reports(count);
            std::atomic<int> strangers = 0;
            const int team = omp_get_max_threads();

            hello(tasks, [&](int task, int thread) {
                if (task < 0 || task >= tasks || thread < 0 || thread >= team) {
                    ++strangers;
                } else {
                    ++reports[task];
                }
            });

            EXPECT_EQ(strangers, 0) << "of " << tasks << " tasks";
            for (int task = 0; task < tasks; ++task) {
                ASSERT_EQ(reports[task], 1)
                    << "task " << task << " of " << tasks;
            }
        }
    });
}
