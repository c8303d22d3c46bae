// All versions but copies.cpp and racy.cpp, which have a test each.

#include <gtest/gtest.h>

#include "tests/support/cakes.hpp"

TEST(CakeTest, EveryCrumbIsCountedAndTheCakeIsEaten) {
    eat_cakes([](const Cake& before, const Cake& after, const Counts& counts) {
        EXPECT_EQ(counts, counts_of_striped_cake(before.crumbs.size(), 5));
        EXPECT_EQ(after.crumbs.size(), before.crumbs.size());
        EXPECT_TRUE(is_eaten(after));
    });
}

TEST(CakeTest, AKnownCakeIsCounted) {
    for_each_team([] {
        Cake cake = {.slices = 3, .crumbs = {7, 1, 255, 7, 7, 0, 1, 33}};
        Counts counts(crumb_sizes, 0);
        WorkLog off;
        eat(cake, counts.data(), off);
        for (int size = 0; size < crumb_sizes; ++size) {
            const std::int64_t expected = size == 7                 ? 3
                                          : size == 1               ? 2
                                          : size == 0 || size == 33 ? 1
                                          : size == 255             ? 1
                                                                    : 0;
            EXPECT_EQ(counts[size], expected) << "size " << size;
        }
    });
}

TEST(CakeTest, ASecondCakeIsCountedOnTopOfTheFirst) {
    for_each_team([] {
        Counts counts(crumb_sizes, 0);
        WorkLog off;
        for (int i = 0; i < 2; ++i) {
            Cake cake = {.slices = 2, .crumbs = {3, 3, 4}};
            eat(cake, counts.data(), off);
        }
        EXPECT_EQ(counts[3], 4);
        EXPECT_EQ(counts[4], 2);
    });
}

TEST(CakeTest, SlicesAreEvenAndMakeUpTheCake) {
    for (const std::int64_t slices : {1, 2, 3, 4, 9}) {
        for (const std::size_t crumbs : {0, 1, 7, 1000}) {
            Cake cake = striped_cake(slices, crumbs, 250);
            const std::uint8_t* next = cake.crumbs.data();
            for (std::int64_t i = 0; i < slices; ++i) {
                const std::span<std::uint8_t> slice = cake.slice(i);
                EXPECT_EQ(slice.data(), next);
                EXPECT_GE(slice.size() + 1, crumbs / slices);
                EXPECT_LE(slice.size(), crumbs / slices + 1);
                next += slice.size();
            }
            EXPECT_EQ(next, cake.crumbs.data() + crumbs);
        }
    }
}
