#include <gtest/gtest.h>

#include "lessons/08_blue/blue.hpp"
#include "tests/support/filters.hpp"

TEST(BlueTest, BlueStaysAndTheRestGoes) {
    expect_filter(blue, [](Pixel pixel) { return Pixel{0, 0, pixel.blue}; });
}
