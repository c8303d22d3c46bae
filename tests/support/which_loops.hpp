// What the loops of lesson 26 make of a short list, by hand, for tests.

#pragma once

#include <gtest/gtest.h>

#include "lessons/26_which_loops/which_loops.hpp"

/// What a loop makes of a list.
inline Result result_of(void (*loop)(const List& in, Result& out),
                        const List& in) {
    Result out;
    out.reserve(2 * in.size() + 1);
    out.resize(in.size() + 1);
    loop(in, out);
    return out;
}

/// Expects what each loop makes of 0 1 1 2 1 when one iteration follows the
/// other.
inline void expect_results_in_order() {
    const List in = {0, 1, 1, 2, 1};
    EXPECT_EQ(result_of(doubled, in), (Result{0, 2, 2, 4, 2, 0}));
    EXPECT_EQ(result_of(running_sum, in), (Result{0, 1, 2, 4, 5, 0}));
    // e = 1 + 1 + 1/2 + 1/6 ..., 8 terms: 13700 / 5040; e^2: 155 / 21.
    const Result powers = result_of(series, in);
    ASSERT_EQ(powers.size(), 6U);
    EXPECT_EQ(powers[0], 1.0);
    EXPECT_NEAR(powers[1], 13700.0 / 5040.0, 1e-14);
    EXPECT_EQ(powers[1], powers[4]);
    EXPECT_NEAR(powers[3], 155.0 / 21.0, 1e-14);
    EXPECT_EQ(powers[5], 0.0);
    EXPECT_EQ(result_of(histogram, in), (Result{1, 3, 1, 0, 0, 0}));
    const Result sum = result_of(reciprocals, in);
    EXPECT_NEAR(sum[0], 1.0 + 3 * 0.5 + 1.0 / 3.0, 1e-14);
    EXPECT_EQ(result_of(last_value, {0, 1, 2}), (Result{2, 0, 0, 0}));
    EXPECT_EQ(result_of(collected, in), (Result{0, 1, 1, 2, 1}));
    for (int again = 0; again < 2; ++again) {
        EXPECT_EQ(result_of(tickets, in), (Result{1, 2, 3, 4, 5, 0}));
        EXPECT_EQ(result_of(draws, in), (Result{1, 2, 3, 4, 5, 0}));
    }
    Result list = {3, 1, 4, 1, 5};
    copy(std::span(list).subspan(1), list);
    EXPECT_EQ(list, (Result{1, 4, 1, 5, 5}));
}
