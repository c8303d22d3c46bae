#include "common/schedule.hpp"

#include <gtest/gtest.h>

TEST(ScheduleTest, WordsMeanWhatOmpScheduleHas) {
    struct Case {
        const char* text;
        omp_sched_t kind;
        int chunk;
    };
    for (const Case& one :
         {Case{"static", omp_sched_static, 0},
          Case{"static,1", omp_sched_static, 1},
          Case{"dynamic", omp_sched_dynamic, 0},
          Case{"dynamic,16", omp_sched_dynamic, 16},
          Case{"guided,2147483647", omp_sched_guided, 2'147'483'647},
          Case{"auto", omp_sched_auto, 0}}) {
        const std::optional<Schedule> schedule = to_schedule(one.text);
        ASSERT_TRUE(schedule) << one.text;
        EXPECT_EQ(schedule->kind, one.kind) << one.text;
        EXPECT_EQ(schedule->chunk, one.chunk) << one.text;
    }
}

TEST(ScheduleTest, OtherWordsMeanNothing) {
    for (const char* text :
         {"", "foo", "STATIC", "static,", "static,0", "dynamic,-1", "dynamic,x",
          "dynamic,1,2", "guided,2147483648", "auto,4", ",4", " static",
          "static "}) {
        EXPECT_FALSE(to_schedule(text)) << text;
    }
}

TEST(ScheduleTest, WhatIsInForceIsSaidInTheSameWords) {
    for (const char* text : {"static", "static,3", "dynamic,16", "guided,2"}) {
        const Schedule schedule = to_schedule(text).value();
        omp_set_schedule(schedule.kind, schedule.chunk);
#ifdef _OPENMP
        EXPECT_EQ(schedule_in_force(), text);
#else
        EXPECT_EQ(schedule_in_force(), "static");
#endif
    }
}
