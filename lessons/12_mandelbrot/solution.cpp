// Exercise 12: a Julia set
//
// Rows are uneven, and where the hard ones lie depends on c and on the view. So
// each thread fetches its next row when it is free. A row takes far longer than
// a fetch: one at a time will do.

#include "mandelbrot.hpp"

void julia(const View& view, double c_real, double c_imaginary,
           int max_iterations, EscapeTimes& result, WorkLog& log) {
#pragma omp parallel for schedule(dynamic)
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
