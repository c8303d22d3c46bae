// Restructured: the steps of `target` apart, so that each of them is timed.
//
// `target data` gets memory on the device and keeps it until the closing brace.
// Inside, `target` finds the data there and moves nothing. `target update`
// copies the picture back.

#include "accelerator.hpp"
#include "common/timer.hpp"

int escape_time(double x, double y, int max_iterations) {
    double real = x;
    double imaginary = y;
    for (int n = 0; n < max_iterations; ++n) {
        if (std::fma(real, real, imaginary * imaginary) > 4.0) return n;
        const double before = real;
        real = std::fma(real, real, std::fma(-imaginary, imaginary, x));
        imaginary = std::fma(2.0 * before, imaginary, y);
    }
    return max_iterations;
}

Steps mandelbrot(const View& view, int max_iterations, std::span<int> result) {
    int* const times = result.data();
    Steps steps;
    const Timer timer;
#pragma omp target data map(to : view) map(alloc : times[:result.size()])
    {
        steps.there = timer.seconds();
#pragma omp target
#pragma omp teams distribute parallel for collapse(2) schedule(static, 1)
        for (int y = 0; y < view.height; ++y) {
            for (int x = 0; x < view.width; ++x) {
                times[y * view.width + x] = escape_time(
                    view.real(x), view.imaginary(y), max_iterations);
            }
        }
        steps.computing = timer.seconds() - steps.there;
#pragma omp target update from(times[:result.size()])
        steps.back = timer.seconds() - steps.there - steps.computing;
    }
    return steps;
}
