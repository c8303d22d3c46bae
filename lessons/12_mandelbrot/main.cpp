// Computes a part of the Mandelbrot set and paints it.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "common/lesson.hpp"
#include "mandelbrot.hpp"

namespace {

/// The colours that the escape times run through, dark first.
constexpr std::array<Pixel, 6> palette = {{{8, 12, 48},
                                           {24, 82, 150},
                                           {110, 190, 225},
                                           {250, 245, 220},
                                           {240, 160, 40},
                                           {120, 30, 30}}};

/// The colour of an escape time; the set itself is black.
Pixel colour_of(int time, int max_iterations) {
    if (time >= max_iterations) return {0, 0, 0};
    // The square root gives the short times, which fill most of a picture,
    // more of the palette than the long ones.
    const double place = std::sqrt(time / 6.0);
    const auto step = static_cast<std::size_t>(place);
    const Pixel from = palette.at(step % palette.size());
    const Pixel to = palette.at((step + 1) % palette.size());
    const double part = place - static_cast<double>(step);
    const auto mix = [part](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(a + part * (b - a));
    };
    return {mix(from.red, to.red), mix(from.green, to.green),
            mix(from.blue, to.blue)};
}

Image paint(const View& view, EscapeTimes& result, int max_iterations) {
    Image image(view.width, view.height);
    for (int y = 0; y < view.height; ++y) {
        for (int x = 0; x < view.width; ++x) {
            image.row(y)[x] = colour_of(result.row(y)[x], max_iterations);
        }
    }
    return image;
}

}  // namespace

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
