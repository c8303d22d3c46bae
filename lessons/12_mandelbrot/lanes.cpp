// Restructured: 16 neighbouring points at a time, for the lanes of a core.
//
// All make the same steps, so one instruction makes a step for several points.
// A point that has escaped goes on for nothing: it moves away ever faster and
// no longer counts. After every 16th step we test whether any is still inside.

#include <algorithm>
#include <array>
#include <cstdint>

#include "mandelbrot.hpp"

constexpr int lanes = 16;
constexpr int steps = 16;  // from one test to the next

using Numbers = std::array<double, lanes>;
using Counts = std::array<std::int64_t, lanes>;  // as wide as a double

static Counts escape_times(const Numbers& x, double y, int max_iterations) {
    Numbers real = x;
    Numbers imaginary;
    imaginary.fill(y);
    Counts times = {};
    std::int64_t inside = lanes;
    for (int n = 0; n < max_iterations && inside > 0; n += steps) {
        for (int step = 0; step < steps; ++step) {
#pragma omp simd
            for (int i = 0; i < lanes; ++i) {
                const double real_squared = real[i] * real[i];
                const double imaginary_squared = imaginary[i] * imaginary[i];
                times[i] += real_squared + imaginary_squared <= 4.0 ? 1 : 0;
                imaginary[i] = 2.0 * real[i] * imaginary[i] + y;
                real[i] = real_squared - imaginary_squared + x[i];
            }
        }
        inside = std::count(times.begin(), times.end(), n + steps);
    }
    for (auto& n : times) n = std::min<std::int64_t>(n, max_iterations);
    return times;
}

int escape_time(double x, double y, int max_iterations) {
    return static_cast<int>(escape_times({x}, y, max_iterations)[0]);
}

void mandelbrot(const View& view, int max_iterations, EscapeTimes& result,
                WorkLog& log) {
#pragma omp parallel for schedule(runtime)
    for (int y = 0; y < view.height; ++y) {
        const WorkLog::Item noted = log.item(y);
        for (int first = 0; first < view.width; first += lanes) {
            Numbers x;
            for (int i = 0; i < lanes; ++i) x[i] = view.real(first + i);
            const Counts times =
                escape_times(x, view.imaginary(y), max_iterations);
            const int left = std::min(lanes, view.width - first);
            std::copy_n(times.begin(), left, result.row(y).begin() + first);
        }
    }
}
