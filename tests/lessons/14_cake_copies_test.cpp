// copies.cpp: every crumb is counted, and the cake stays whole.

#include <gtest/gtest.h>

#include "tests/support/cakes.hpp"

TEST(CakeCopiesTest, EveryCrumbIsCounted) {
    eat_cakes([](const Cake& before, const Cake&, const Counts& counts) {
        EXPECT_EQ(counts, counts_of_striped_cake(before.crumbs.size(), 5));
    });
}

#ifdef _OPENMP
TEST(CakeCopiesTest, TheCakeStaysWhole) {
    eat_cakes([](const Cake& before, const Cake& after, const Counts&) {
        EXPECT_EQ(after.crumbs, before.crumbs);
    });
}
#else
TEST(CakeCopiesTest, WithoutOpenMPNobodyMakesACopy) {
    eat_cakes([](const Cake&, const Cake& after, const Counts&) {
        EXPECT_TRUE(is_eaten(after));
    });
}
#endif
