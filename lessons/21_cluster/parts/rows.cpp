// The escape times of a row: see lesson 12.

#include "cluster.hpp"

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

void compute_row(const View& view, int y, int max_iterations,
                 std::span<int> row) {
    int x = 0;
    for (int& time : row) {
        time = escape_time(view.real(x), view.imaginary(y), max_iterations);
        ++x;
    }
}
