// What the tests of loops that log their items share.

#pragma once

#include <gtest/gtest.h>

#include <cstdint>

#include "common/openmp.hpp"
#include "common/work_log.hpp"

/// Expects that every item was done by a thread of the team, and ended no
/// earlier than it started.
inline void expect_complete(const WorkLog& log, std::int64_t items) {
    ASSERT_EQ(static_cast<std::int64_t>(log.entries().size()), items);
    for (std::int64_t item = 0; item < items; ++item) {
        const WorkLog::Entry& entry = log.entries()[item];
        ASSERT_GE(entry.thread, 0) << "item " << item << " of " << items;
        ASSERT_LT(entry.thread, omp_get_max_threads()) << "item " << item;
        ASSERT_GE(entry.start, 0.0) << "item " << item;
        ASSERT_GE(entry.end, entry.start) << "item " << item;
    }
}

/// Thread 0 is busy for 1 + 2 seconds, thread 1 for 1; item 2 was not done.
inline WorkLog three_items_of_four() {
    return WorkLog({{.thread = 0, .start = 0.0, .end = 1.0},
                    {.thread = 1, .start = 0.5, .end = 1.5},
                    {},
                    {.thread = 0, .start = 1.25, .end = 3.25}});
}
