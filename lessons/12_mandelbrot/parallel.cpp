// Lesson 12: the Mandelbrot set
//
// A pixel needs its own point of the plane and nothing else, so rows may be
// done in any order. But rows are not equal work: a point inside the set costs
// max_iterations steps, one far outside a few. How the rows are dealt out
// decides how long the last thread works: schedule(runtime) takes --schedule.

#include "mandelbrot.hpp"

int escape_time(double x, double y, int max_iterations) {
    double real = x;
    double imaginary = y;
    for (int n = 0; n < max_iterations; ++n) {
        const double real_squared = real * real;
        const double imaginary_squared = imaginary * imaginary;
        if (real_squared + imaginary_squared > 4.0) return n;
        imaginary = 2.0 * real * imaginary + y;
        real = real_squared - imaginary_squared + x;
    }
    return max_iterations;
}

void mandelbrot(const View& view, int max_iterations, EscapeTimes& result,
                WorkLog& log) {
#pragma omp parallel for schedule(runtime)
    for (int y = 0; y < view.height; ++y) {
        const WorkLog::Item noted = log.item(y);
        int x = 0;
        for (int& time : result.row(y)) {
            time = escape_time(view.real(x), view.imaginary(y), max_iterations);
            ++x;
        }
    }
}
