// Computes a part of the Mandelbrot set and paints it.

#include <fmt/core.h>

#include <algorithm>

#include "common/lesson.hpp"
#include "mandelbrot.hpp"
#include "parts/colours.hpp"

constexpr std::int64_t most_pixels_with_map = std::int64_t{1} << 24;

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
    bool map = false;
    bool unchecked = false;
    lesson.option("--map", map, "write the thread map of a large picture, too");
    lesson.option("--unchecked", unchecked,
                  "compute once, without log and map: for timing the whole "
                  "program");
    lesson.exclude("--unchecked", "--log");
    lesson.exclude("--unchecked", "--map");
    return lesson.run(argc, argv, [&] {
        if (height == 0) height = std::max<std::int64_t>(1, width * 2 / 3);
        view = {.center_x = center[0],
                .center_y = center[1],
                .span = view.span,
                .width = static_cast<int>(width),
                .height = static_cast<int>(height)};
        const int limit = static_cast<int>(max_iterations);
        lesson.set_size(fmt::format("{} x {}", width, height), width * height);
        const bool has_map =
            !unchecked && (map || width * height <= most_pixels_with_map);
        // Escape times; and two pictures of 3 bytes a pixel.
        Lesson::require_memory(width * height * (has_map ? 10 : 4), "--width");
        EscapeTimes result(view);
        WorkLog log;
        const auto work = [&] { mandelbrot(view, limit, result, log); };
        if (unchecked) {
            lesson.measure_once(work);
        } else {
            lesson.measure(work);
            // Once more, on a result in which nothing is right yet.
            std::fill(result.times.begin(), result.times.end(), -1);
            log = lesson.log_run(height, [&](WorkLog& rows) {
                mandelbrot(view, limit, result, rows);
            });
        }
        lesson.add_result(std::as_bytes(std::span(result.times)));

        const std::vector<Pixel> colours = colours_of_times(limit);
        const auto paint = [&](int y, std::span<Pixel> row) {
            std::ranges::transform(result.row(y), row.begin(),
                                   [&](int time) { return colours[time]; });
        };
        lesson.write_picture(view.width, view.height, paint);
        if (!has_map) return;
        Image image(view.width, view.height);
        for (int y = 0; y < view.height; ++y) paint(y, image.row(y));
        lesson.write_thread_map(image, log);
    });
}
