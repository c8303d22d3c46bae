// Multiplies two square matrices, and says how many operations a second.

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "common/lesson.hpp"
#include "common/timer.hpp"
#include "matrix.hpp"

namespace {

/// Whole numbers from 0 to 9, the same ones in every run: with them nothing is
/// rounded.
Matrix digits(int size, int seed) {
    Matrix matrix(size, size);
    for (int i = 0; i < size; ++i) {
        for (int j = 0; j < size; ++j) {
            matrix.at(i, j) = (i * 7 + j * 3 + i * j % 11 + seed) % 10;
        }
    }
    return matrix;
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t size = 600;
    Lesson lesson("20_matrix", "Multiplies two square matrices.", 3);
    lesson.option("--size", size, {0, 10'000, 20},
                  "rows and columns of each matrix");
    return lesson.run(argc, argv, [&] {
        Lesson::require_memory(3 * 8 * size * size, "--size");
        lesson.set_size(fmt::format("{0} x {0}", size), size * size);
        const Matrix a = digits(static_cast<int>(size), 1);
        const Matrix b = digits(static_cast<int>(size), 2);
        Matrix c(a.rows(), b.columns());
        double best = std::numeric_limits<double>::infinity();
        lesson.measure([&] {
            const Timer timer;
            multiply(a, b, c);
            best = std::min(best, timer.seconds());
        });
        lesson.add_result(std::as_bytes(c.numbers()));
        const auto numbers = static_cast<double>(size);
        // A product and a sum for each i, j and k.
        fmt::print("{:.1f} GFLOP/s in the best run\n",
                   2e-9 * numbers * numbers * numbers / best);
    });
}
