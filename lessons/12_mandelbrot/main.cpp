// Computes a part of the Mandelbrot set and paints it.

#include <fmt/format.h>

#include <algorithm>

#include "common/lesson.hpp"
#include "mandelbrot.hpp"
#include "parts/colours.hpp"

int main(int argc, char** argv) {
    View view;
    std::int64_t width = view.width;
    std::int64_t height = 0;
    std::int64_t max_iterations = 1000;
    std::vector<double> center = {view.center_x, view.center_y};
    Lesson lesson("12_mandelbrot", "Paints a part of the Mandelbrot set.");
    lesson.option("--width", width, {1, 16'384, 40}, "pixels in a row");
    lesson.option("--height", height, {1, 16'384, 31},
                  "rows; unless given, two thirds of --width");
    lesson.option("--max-iterations", max_iterations, {1, 1'000'000, 60},
                  "steps after which a point counts as inside");
    lesson.option("--center", center, {-1e3, 1e3}, "centre of the view");
    lesson.option("--span", view.span, {1e-13, 100.0}, "width of the view");
    lesson.add_schedule();
    lesson.add_picture_output();
    lesson.add_log();
    return lesson.run(argc, argv, [&] {
        if (height == 0) height = std::max<std::int64_t>(1, width * 2 / 3);
        view = {.center_x = center[0],
                .center_y = center[1],
                .span = view.span,
                .width = static_cast<int>(width),
                .height = static_cast<int>(height)};
        const int limit = static_cast<int>(max_iterations);
        lesson.set_size(fmt::format("{} x {}", width, height), width * height);
        EscapeTimes result(view);
        WorkLog off;
        lesson.measure([&] { mandelbrot(view, limit, result, off); });
        // Once more, on a result in which nothing is right yet.
        std::fill(result.times.begin(), result.times.end(), -1);
        mandelbrot(view, limit, result, off);
        lesson.add_result(std::as_bytes(std::span(result.times)));

        const Image image = paint(view, result, limit);
        lesson.write_picture(image);
        const WorkLog log = lesson.log_run(height, [&](WorkLog& rows) {
            mandelbrot(view, limit, result, rows);
        });
        lesson.write_thread_map(image, log);
    });
}
