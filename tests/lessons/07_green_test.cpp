#include <gtest/gtest.h>

#include "lessons/07_green/green.hpp"
#include "tests/support/filters.hpp"

TEST(GreenTest, GreenStaysAndTheRestGoes) {
    expect_filter(green, [](Pixel pixel) { return Pixel{0, pixel.green, 0}; });
}
