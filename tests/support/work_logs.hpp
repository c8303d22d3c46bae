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
