// Computes a part of the Mandelbrot set, by all processes that were started.

#include <fmt/format.h>

#include <algorithm>

#include "cluster.hpp"
#include "common/lesson.hpp"
#include "common/terminal.hpp"

static void print_share(const Share& share) {
    fmt::print("process {}: {} rows, computing {}, waiting {}, messages {}\n",
               processes().number, share.rows, seconds_text(share.computing),
               seconds_text(share.waiting), seconds_text(share.messages));
}

/// Black for the set, and the brighter the longer a point took to escape.
static Pixel colour_of(int time, int max_iterations) {
    if (time == max_iterations) return {0, 0, 0};
    const int light = 255 - 255 * 8 / (time + 8);
    const auto part = [light](int of_4) {
        return static_cast<std::uint8_t>(light * of_4 / 4);
    };
    return {part(2), part(3), part(4)};
}

int main(int argc, char** argv) {
    Connection others;
    const Processes here = processes();
    View view;
    std::int64_t width = view.width;
    std::int64_t height = 0;
    std::int64_t max_iterations = 1000;
    bool queue = false;
    Lesson lesson("21_cluster", "Computes a part of the Mandelbrot set.");
    lesson.option("--width", width, {1, 16'384, 40}, "pixels in a row");
    lesson.option("--height", height, {1, 16'384, 31},
                  "rows; unless given, two thirds of --width");
    lesson.option("--max-iterations", max_iterations, {1, 1'000'000, 60},
                  "steps after which a point counts as inside");
    lesson.option("--queue", queue,
                  "processes take rows from a queue, not one block each");
    lesson.add_picture_output();
    lesson.add_log();
    return lesson.run(argc, argv, [&] {
        if (height == 0) height = std::max<std::int64_t>(1, width * 2 / 3);
        view.width = static_cast<int>(width);
        view.height = static_cast<int>(height);
        const int limit = static_cast<int>(max_iterations);
        const Sharing sharing = queue ? Sharing::queue : Sharing::blocks;
        Lesson::require_memory(width * height * 10, "--width");
        EscapeTimes result(view.width, view.height);
        WorkLog off;
        Share share;
        if (here.number > 0) {  // process 0 reads, writes and reports for us
            while (others.is_called()) {
                share = mandelbrot(view, limit, sharing, result, off);
            }
            print_share(share);
            return lesson.report_nothing();
        }
        const std::string more =
            here.count > 1 ? fmt::format(", {} processes", here.count) : "";
        lesson.set_size(fmt::format("{} x {}{}", width, height, more),
                        width * height);
        const auto work = [&](WorkLog& log) {
            Connection::call_others();
            share = mandelbrot(view, limit, sharing, result, log);
        };
        lesson.measure([&] { work(off); });
        // Once more, on a result in which nothing is right yet.
        std::fill(result.times.begin(), result.times.end(), -1);
        const WorkLog log = lesson.log_run(height, work);
        lesson.add_result(std::as_bytes(std::span(result.times)));
        Image image(view.width, view.height);
        for (int y = 0; y < view.height; ++y) {
            std::ranges::transform(
                result.row(y), image.row(y).begin(),
                [limit](int time) { return colour_of(time, limit); });
        }
        lesson.write_picture(image);
        lesson.write_thread_map(image, log);
        if (here.count > 1) print_share(share);
        if (here.count == 1 && lesson.version() == "cluster") {
            fmt::print("{}", Connection::how_to_start());
        }
    });
}
