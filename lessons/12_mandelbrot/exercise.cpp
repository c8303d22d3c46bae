// Exercise 12: a Julia set
//
// The Mandelbrot set's sister: c is the same for all pixels, and each pixel is
// a point from which z starts. One thread computes it. Let the team share the
// rows, and choose how they are dealt out: rows are not equal work here either.

#include "mandelbrot.hpp"

void julia(const View& view, double c_real, double c_imaginary,
           int max_iterations, EscapeTimes& result, WorkLog& log) {
    for (int y = 0; y < view.height; ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        for (int x = 0; x < view.width; ++x) {
            double real = view.real(x);
            double imaginary = view.imaginary(y);
            int n = 0;
            while (n < max_iterations &&
                   real * real + imaginary * imaginary <= 4.0) {
                const double product = real * imaginary;
                real = real * real - imaginary * imaginary + c_real;
                imaginary = 2.0 * product + c_imaginary;
                ++n;
            }
            result.row(y)[x] = n;
        }
    }
}
