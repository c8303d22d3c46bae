#include "common/work_log.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/files.hpp"
#include "tests/support/teams.hpp"
#include "tests/support/work_logs.hpp"

TEST(WorkLogTest, ALogMadeWithoutItemsIsOff) {
    WorkLog log;
    EXPECT_FALSE(log.is_on());
    { const WorkLog::Item noted = log.item(5); }
    EXPECT_TRUE(log.entries().empty());
    EXPECT_EQ(log.busy_seconds(3), (std::vector<double>{0.0, 0.0, 0.0}));
    EXPECT_EQ(log.imbalance(3), 0.0);
}

TEST(WorkLogTest, TheMakespanGoesFromTheFirstStartToTheLastEnd) {
    EXPECT_EQ(three_items_of_four().makespan(), 3.25);
    EXPECT_EQ(WorkLog({{.thread = 1, .start = 2.0, .end = 2.5},
                       {.thread = 0, .start = 1.5, .end = 1.75}})
                  .makespan(),
              1.0);
    EXPECT_EQ(WorkLog().makespan(), 0.0);
    EXPECT_EQ(WorkLog(3).makespan(), 0.0);
}

TEST(WorkLogTest, AnItemThatNobodyDidHasNoThread) {
    WorkLog log(3);
    EXPECT_TRUE(log.is_on());
    { const WorkLog::Item noted = log.item(1); }
    ASSERT_EQ(log.entries().size(), 3U);
    EXPECT_EQ(log.entries()[0].thread, -1);
    EXPECT_EQ(log.entries()[1].thread, 0);
    EXPECT_EQ(log.entries()[2].thread, -1);
}

TEST(WorkLogTest, EveryItemOfAParallelLoopHasOneEntry) {
    for_each_team([] {
        for (const std::int64_t items : {0, 1, 2, 7, 100}) {
            WorkLog log(items);
#pragma omp parallel for
            for (std::int64_t i = 0; i < items; ++i) {
                const WorkLog::Item noted = log.item(i);
            }
            expect_complete(log, items);

            WorkLog dynamic(items);
#pragma omp parallel for schedule(dynamic)
            for (std::int64_t i = 0; i < items; ++i) {
                const WorkLog::Item noted = dynamic.item(i);
            }
            expect_complete(dynamic, items);
        }
    });
}

// Thread t does item t alone, and a team of one does them all.
TEST(WorkLogTest, AnEntryNamesTheThreadThatDidTheItem) {
    for_each_team([] {
        const int team = omp_get_max_threads();
        WorkLog log(team);
#pragma omp parallel for schedule(static, 1)
        for (int i = 0; i < team; ++i) {
            const WorkLog::Item noted = log.item(i);
        }
        for (int i = 0; i < team; ++i) {
            EXPECT_EQ(log.entries()[i].thread, i);
        }
    });
}

TEST(WorkLogTest, ItemsOfOneThreadFollowEachOther) {
    WorkLog log(3);
    for (int i = 0; i < 3; ++i) {
        const WorkLog::Item noted = log.item(i);
    }
    EXPECT_LE(log.entries()[0].end, log.entries()[1].start);
    EXPECT_LE(log.entries()[1].end, log.entries()[2].start);
}

TEST(WorkLogTest, BusySecondsAreTheSumOfAThreadsItems) {
    const WorkLog log = three_items_of_four();
    EXPECT_EQ(log.busy_seconds(), (std::vector<double>{3.0, 1.0}));
    EXPECT_EQ(log.busy_seconds(2), (std::vector<double>{3.0, 1.0}));
    EXPECT_EQ(log.busy_seconds(4), (std::vector<double>{3.0, 1.0, 0.0, 0.0}));
}

TEST(WorkLogTest, ImbalanceIsTheBusiestThreadOverTheMeanLessOne) {
    const WorkLog log = three_items_of_four();
    EXPECT_DOUBLE_EQ(log.imbalance(2), 0.5);  // 3 / (4 / 2) - 1
    EXPECT_DOUBLE_EQ(log.imbalance(4), 2.0);  // 3 / (4 / 4) - 1

    const WorkLog even({{.thread = 1, .start = 0.0, .end = 2.0},
                        {.thread = 0, .start = 1.0, .end = 3.0}});
    EXPECT_DOUBLE_EQ(even.imbalance(2), 0.0);

    const WorkLog alone({{.thread = 0, .start = 0.0, .end = 2.0}});
    EXPECT_DOUBLE_EQ(alone.imbalance(1), 0.0);
    EXPECT_DOUBLE_EQ(alone.imbalance(2), 1.0);
}

TEST(WorkLogTest, TheCsvFileHasALineForEveryItem) {
    const TemporaryFolder folder;
    three_items_of_four().write_csv((folder / "log.csv").c_str());
    EXPECT_EQ(read_text(folder / "log.csv"),
              "item,thread,start_s,end_s\n"
              "0,0,0.000000000,1.000000000\n"
              "1,1,0.500000000,1.500000000\n"
              "2,-1,0.000000000,0.000000000\n"
              "3,0,1.250000000,3.250000000\n");

    WorkLog().write_csv((folder / "off.csv").c_str());
    EXPECT_EQ(read_text(folder / "off.csv"), "item,thread,start_s,end_s\n");
}

TEST(WorkLogTest, ACsvFileThatCannotBeWrittenIsAnError) {
    const TemporaryFolder folder;
    EXPECT_THROW(WorkLog(1).write_csv((folder / "none/log.csv").c_str()),
                 std::runtime_error);
    EXPECT_THROW(WorkLog(1).write_csv("/dev/full"), std::runtime_error);
}

TEST(WorkLogTest, AWatcherIsToldOfEveryItemThatStarts) {
    WorkLog log(3);
    std::vector<std::int64_t> told;
    log.on_start([&told](std::int64_t item) { told.push_back(item); });
    { const WorkLog::Item noted = log.item(2); }
    { const WorkLog::Item noted = log.item(0); }
    EXPECT_EQ(told, (std::vector<std::int64_t>{2, 0}));
}

TEST(WorkLogTest, AnItemThatIsNotOfTheLogIsRefused) {
    WorkLog log(3);
    EXPECT_THROW({ const WorkLog::Item noted = log.item(3); },
                 std::out_of_range);
}
