// Warms a cold plate up from its top edge, and paints it in four stages.

#include <fmt/core.h>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "heat.hpp"
#include "parts/stages.hpp"

namespace {

/// 0 degrees, and 100 on the top edge. The team shares the rows, as it will
/// when it warms them: so each thread touches its own memory first.
void cool(Plate& plate) {
#pragma omp parallel for
    for (int y = 0; y <= plate.rows() + 1; ++y) {
        for (int x = 0; x <= plate.columns() + 1; ++x) {
            plate.at(y, x) = y == 0 ? 100.0 : 0.0;
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t rows = 100;
    std::int64_t columns = 100;
    std::int64_t steps = 1'000'000;
    double limit = 0.001;
    Lesson lesson("25_heat", "Warms a plate up, one time step after another.",
                  3);
    lesson.option("--rows", rows, {1, 100'000, 5}, "rows of points");
    lesson.option("--columns", columns, {1, 100'000, 7}, "points in a row");
    lesson.option("--steps", steps, {1, 1'000'000, 30}, "time steps at most");
    lesson.option("--limit", limit, {0.0, 100.0},
                  "the end is where a step changes no point by more degrees");
    lesson.add_picture_output();
    return lesson.run(argc, argv, [&] {
        lesson.set_size(fmt::format("{} x {}", rows, columns), rows * columns);
        const std::int64_t points = (rows + 2) * (columns + 2);
        Lesson::require_memory(2 * 8 * points, "--rows or --columns");
        Plate plate(static_cast<int>(rows), static_cast<int>(columns));
        Plate next(plate.rows(), plate.columns());
        const auto begin = [&] {
            cool(plate);
            cool(next);
        };
        Heated found;
        lesson.measure(
            [&] { found = heat(plate, next, limit, static_cast<int>(steps)); },
            begin);
        lesson.set_bytes_moved(found.steps * rows * columns * 16);
        lesson.add_result(std::as_bytes(
            std::span(&plate.at(0, 0), static_cast<std::size_t>(points))));
        fmt::print(
            "after {} step{} the middle has {:.2f} degrees, and a step changes "
            "no point by more than {:.4f}\n",
            count_text(found.steps), found.steps == 1 ? "" : "s",
            plate.at((plate.rows() + 1) / 2, (plate.columns() + 1) / 2),
            found.change);

        // Once more, up to a 64th of the steps, a 16th, a quarter, and all.
        begin();
        std::vector<Image> stages;
        for (int made = 0, part = 64; part >= 1; part /= 4) {
            const int more = found.steps / part - made;
            made += heat(plate, next, 0.0, more).steps;
            stages.push_back(picture_of(plate));
        }
        lesson.write_picture(side_by_side(stages));
    });
}
