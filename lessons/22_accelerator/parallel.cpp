// Lesson 22: the Mandelbrot set, by an accelerator
//
// A pixel needs its own point of the plane and nothing else, so all pixels may
// be computed at the same time. std::fma(a, b, c) is a * b + c, rounded once.
// Where we wrote a * b + c, each compiler might round once or twice; with fma
// every processor and every GPU comes to the same bits.

#include "accelerator.hpp"

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
#pragma omp target map(to : view) map(from : times[:result.size()])
#pragma omp teams distribute parallel for collapse(2) schedule(static, 1)
    for (int y = 0; y < view.height; ++y) {
        for (int x = 0; x < view.width; ++x) {
            times[y * view.width + x] =
                escape_time(view.real(x), view.imaginary(y), max_iterations);
        }
    }
    return {};
}
