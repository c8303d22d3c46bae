// Restructured: one region for all time steps, so that one team makes them all.
//
// Two barriers in each step keep the team together. At the end of `for` all
// rows are done: only then may the plates change their roles. At the end of
// `single` that is done, and it is decided whether there is another step: only
// then may anybody ask. Both are barriers that these pragmas have by
// themselves.

#include <algorithm>
#include <cmath>

#include "heat.hpp"

Heated heat(Plate& plate, Plate& next, double limit, int most_steps) {
    Heated found;
    double change = 0.0;
    bool goes_on = found.steps < most_steps && found.change > limit;
#pragma omp parallel
    while (goes_on) {
#pragma omp for reduction(max : change)
        for (int y = 1; y <= plate.rows(); ++y) {
            for (int x = 1; x <= plate.columns(); ++x) {
                const double warmer = plate.mean_around(y, x);
                change = std::max(change, std::abs(warmer - plate.at(y, x)));
                next.at(y, x) = warmer;
            }
        }
#pragma omp single
        {
            plate.swap(next);
            found = {.steps = found.steps + 1, .change = change};
            goes_on = found.steps < most_steps && found.change > limit;
            change = 0.0;
        }
    }
    return found;
}
