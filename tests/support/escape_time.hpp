// The escape time as it is defined, for the tests of the lessons that draw it.

#pragma once

#include <complex>

/// Counts the steps from z to z * z + c, word for word as they are defined,
/// until |z| is above 2, but at most `max_iterations`.
inline int slow_escape_time(std::complex<double> z, std::complex<double> c,
                            int max_iterations) {
    int n = 0;
    while (n < max_iterations && std::abs(z) <= 2.0) {
        z = z * z + c;
        ++n;
    }
    return n;
}

/// Whether c lies in one of the Mandelbrot set's two largest parts, the
/// cardioid and the disc of period 2, for which there are formulas.
inline bool is_surely_inside(std::complex<double> c) {
    const double distance = std::abs(c - 0.25);
    const double cardioid = distance - 2.0 * distance * distance + 0.25;
    return c.real() < cardioid || std::abs(c + 1.0) < 0.25;
}
