// Lesson 25: a plate warms up
//
// In a time step, every point becomes the mean of its four neighbours as they
// were before the step. So there are two plates: one is only read, and each
// point of the other one is written by one iteration. The largest change is
// common to all: a reduction. Before the next step, the plates change their
// roles, and that must wait until the whole team is done.

#include <algorithm>
#include <cmath>

#include "heat.hpp"

Heated heat(Plate& plate, Plate& next, double limit, int most_steps) {
    Heated found;
    while (found.steps < most_steps && found.change > limit) {
        double change = 0.0;
        for (int y = 1; y <= plate.rows(); ++y) {
            for (int x = 1; x <= plate.columns(); ++x) {
                const double warmer = plate.mean_around(y, x);
                change = std::max(change, std::abs(warmer - plate.at(y, x)));
                next.at(y, x) = warmer;
            }
        }
        plate.swap(next);
        found = {.steps = found.steps + 1, .change = change};
    }
    return found;
}
