#include <gtest/gtest.h>

#include "lessons/06_red/red.hpp"
#include "tests/support/filters.hpp"
#include "tests/support/work_logs.hpp"

namespace {

Pixel red_of(Pixel pixel) { return {pixel.red, 0, 0}; }

}  // namespace

TEST(RedTest, RedStaysAndTheRestGoes) {
    expect_filter(
        [](Image& image) {
            WorkLog off;
            red(image, off);
        },
        red_of);
}

TEST(RedTest, TheLogChangesNothingOfThePicture) {
    expect_filter(
        [](Image& image) {
            WorkLog log(image.height());
            red(image, log);
        },
        red_of);
}

TEST(RedTest, TheLogHasEveryRow) {
    for_each_team([] {
        for (const int height : {0, 1, 2, 7, 67}) {
            Image image(5, height);
            WorkLog log(height);
            red(image, log);
            expect_complete(log, height);
        }
    });
}
