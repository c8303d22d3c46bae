// racy.cpp, which is wrong on purpose. Under the race detector this program
// must be caught: tests/CMakeLists.txt expects its report.

#include <gtest/gtest.h>

#include "tests/support/cakes.hpp"

TEST(CakeRacyTest, OneThreadLosesNoCrumb) {
    omp_set_num_threads(1);
    Cake cake = striped_cake(4, 10'007, 5);
    Counts counts(crumb_sizes, 0);
    WorkLog off;
    eat(cake, counts.data(), off);
    EXPECT_EQ(counts, counts_of_striped_cake(10'007, 5));
}

// That crumbs are lost is a matter of chance, so it is not expected here.
TEST(CakeRacyTest, NoTeamCountsMoreCrumbsThanThereAre) {
    eat_cakes([](const Cake& before, const Cake& after, const Counts& counts) {
        const Counts most = counts_of_striped_cake(before.crumbs.size(), 5);
        for (int size = 0; size < crumb_sizes; ++size) {
            EXPECT_LE(counts[size], most[size]) << "size " << size;
            EXPECT_GE(counts[size], 0) << "size " << size;
        }
        EXPECT_TRUE(is_eaten(after));
    });
}
