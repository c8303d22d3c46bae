// Teams of several sizes, for tests.

#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "common/openmp.hpp"

/// Runs `test` with teams of 1, 2, 3, 4 and 7 threads; a failure names the
/// team.
inline void for_each_team(const std::function<void()>& test) {
    const int before = omp_get_max_threads();
    omp_set_dynamic(0);
    for (const int threads : {1, 2, 3, 4, 7}) {
        SCOPED_TRACE(testing::Message()
                     << threads << (threads == 1 ? " thread" : " threads"));
        omp_set_num_threads(threads);
        test();
    }
    omp_set_num_threads(before);
}
