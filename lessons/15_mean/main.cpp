// Fills a matrix with random numbers and takes the mean of every column.

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "mean.hpp"

namespace {

/// Writes the matrix for the first time: the team shares the rows, as it will
/// when it adds them up.
void fill(Matrix& matrix) {
#pragma omp parallel for
    for (std::int64_t y = 0; y < matrix.rows(); ++y) {
        double* row = matrix.row(y);
        const auto begin = static_cast<std::uint64_t>(y * matrix.columns());
        for (std::int64_t x = 0; x < matrix.columns(); ++x) {
            row[x] = random_number(begin + static_cast<std::uint64_t>(x));
        }
    }
}

/// The means as they should be, from the generator alone. The numbers are added
/// up as whole numbers, which are exact in any order; two halves of each apart,
/// for the sum of the whole could be longer than 64 bits.
std::vector<double> exact_means(std::int64_t rows, std::int64_t columns) {
    std::vector<double> means(static_cast<std::size_t>(columns));
#pragma omp parallel for
    for (std::int64_t x = 0; x < columns; ++x) {
        std::uint64_t upper = 0;
        std::uint64_t lower = 0;
        for (std::int64_t y = 0; y < rows; ++y) {
            const auto i = static_cast<std::uint64_t>(y * columns + x);
            const std::uint64_t bits = random_bits(i) >> 11;
            upper += bits >> 32;
            lower += bits & 0xFFFF'FFFF;
        }
        const double sum =
            static_cast<double>(upper) * 0x1p32 + static_cast<double>(lower);
        means[x] = sum * 0x1p-53 / static_cast<double>(rows);
    }
    return means;
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t rows = 10'000;
    std::int64_t columns = 10'000;
    bool touched_by_one = false;
    Lesson lesson("15_mean", "Takes the mean of every column of a matrix.", 3);
    lesson.option("--rows", rows, {1, 1'000'000'000, 101},
                  "rows of the matrix");
    lesson.option(
        "--columns", columns,
        {1, 100'000, 17, "every thread has an array of them on its stack"},
        "its columns");
    lesson.option("--touched-by-one", touched_by_one,
                  "one thread touches all of the memory first");
    return lesson.run(argc, argv, [&] {
        const std::int64_t arrays = 2 + 2 * Lesson::team_size();
        Lesson::require_memory((rows + arrays) * columns * 8,
                               "--rows or --columns");
        lesson.set_size(
            fmt::format("{} x {}", count_text(rows), count_text(columns)),
            rows * columns);
        lesson.set_bytes_moved(rows * columns * 8);
        Matrix matrix(rows, columns);
        lesson.time_phase("fill", bytes_text(rows * columns * 8), [&] {
            if (touched_by_one) std::fill_n(matrix.row(0), rows * columns, 0.0);
            fill(matrix);
        });
        std::vector<double> means(static_cast<std::size_t>(columns));
        lesson.measure([&] { column_means(matrix, means.data()); },
                       [&] {  // nothing is right yet
                           constexpr double wrong =
                               std::numeric_limits<double>::max();
                           std::fill(means.begin(), means.end(), wrong);
                       });
        // Twice what any order of adding can be off, and the division.
        const double tolerance =
            static_cast<double>(rows) * std::numeric_limits<double>::epsilon();
        lesson.add_result(means, exact_means(rows, columns), tolerance);
        fmt::print("means of the first and the last column: {:.17f} {:.17f}\n",
                   means.front(), means.back());
    });
}
