// The tests of an exercise that is no lesson's: canary_clean.cpp and
// canary_racy.cpp are graded by it before any other, to see whether the race
// detector can be relied on.

#include "tests/exercises/exercise.hpp"

/// Has a data race or has none, by the file that it is in.
void canary();

TEST(RaceFree, ACanary) {
    repeat_for_race_detector([] { canary(); });
}
