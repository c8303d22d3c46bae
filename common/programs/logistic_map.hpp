// Work that touches no memory: for controls, and for tests that need a thread
// to be busy.

#pragma once

/// Iterates the logistic map x -> 3.9 x (1 - x), where each step waits for the
/// one before it: about 3 ns a step. For 0 < x < 1 the result is there too.
/// To be looked at, or else the compiler leaves the work out.
inline double logistic_map(double x, int steps) {
    constexpr double r = 3.9;
    for (int step = 0; step < steps; ++step) x = r * x * (1.0 - x);
    return x;
}
