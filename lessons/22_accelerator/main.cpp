// Computes a part of the Mandelbrot set, by an accelerator where there is one.

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "accelerator.hpp"
#include "common/lesson.hpp"
#include "common/openmp.hpp"
#include "common/terminal.hpp"

namespace {

/// Where target regions run.
std::string device() {
    int on_host = 1;
#pragma omp target map(from : on_host)
    on_host = omp_is_initial_device();
    const int devices = omp_get_num_devices();
    if (on_host != 0) {
        return fmt::format("the host (devices found: {})", devices);
    }
    return fmt::format("device {} of {}", omp_get_default_device(), devices);
}

/// Black for the set, and the brighter the longer a point took to escape.
Pixel colour_of(int time, int max_iterations) {
    if (time == max_iterations) return {0, 0, 0};
    const int light = 255 - 255 * 8 / (time + 8);
    const auto part = [light](int of_4) {
        return static_cast<std::uint8_t>(light * of_4 / 4);
    };
    return {part(2), part(3), part(4)};
}

}  // namespace

int main(int argc, char** argv) {
    View view;
    std::int64_t width = view.width;
    std::int64_t height = 0;
    std::int64_t max_iterations = 1000;
    Lesson lesson("22_accelerator", "Computes a part of the Mandelbrot set.");
    lesson.option("--width", width, {1, 16'384, 40}, "pixels in a row");
    lesson.option("--height", height, {1, 16'384, 31},
                  "rows; unless given, two thirds of --width");
    lesson.option("--max-iterations", max_iterations, {1, 1'000'000, 60},
                  "steps after which a point counts as inside");
    lesson.add_picture_output();
    return lesson.run(argc, argv, [&] {
        if (height == 0) height = std::max<std::int64_t>(1, width * 2 / 3);
        view.width = static_cast<int>(width);
        view.height = static_cast<int>(height);
        const int limit = static_cast<int>(max_iterations);
        Lesson::require_memory(width * height * 7, "--width");
        lesson.set_size(fmt::format("{} x {}", width, height), width * height);
        std::vector<int> times(static_cast<std::size_t>(width * height));
        lesson.measure([&] { mandelbrot(view, limit, times); });
        // Once more, on a result in which nothing is right yet.
        std::ranges::fill(times, -1);
        const Steps steps = mandelbrot(view, limit, times);
        lesson.add_result(std::as_bytes(std::span(times)));
        lesson.write_picture(
            view.width, view.height, [&](int y, std::span<Pixel> row) {
                std::ranges::transform(
                    std::span(times).subspan(y * row.size(), row.size()),
                    row.begin(),
                    [limit](int time) { return colour_of(time, limit); });
            });
        if (lesson.version() == "parallel") {
            fmt::print("target runs on {}\n", device());
        } else if (lesson.version() == "steps") {
            fmt::print("{}: data there {}, computing {}, data back {}\n",
                       device(), seconds_text(steps.there),
                       seconds_text(steps.computing), seconds_text(steps.back));
        }
    });
}
