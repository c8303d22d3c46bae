// Reads a picture, turns it grey, writes it band by band.

#include <fmt/core.h>

#include <array>
#include <filesystem>
#include <string>

#include "common/lesson.hpp"
#include "common/png.hpp"
#include "common/png_bands.hpp"
#include "common/terminal.hpp"
#include "common/thread_map.hpp"
#include "png.hpp"

namespace {

/// Prints how long each step took, and which thread did it when.
void print_steps(const WorkLog& log) {
    constexpr std::array names = {"read", "grey", "compress", "write"};
    std::array<double, names.size()> seconds = {};
    std::string marks;
    for (const WorkLog::Entry& entry : log.entries()) {
        const std::size_t step = marks.size() % names.size();
        seconds.at(step) += entry.end - entry.start;
        marks += *names.at(step);
    }
    std::string text;
    for (std::size_t step = 0; step < names.size(); ++step) {
        if (seconds.at(step) == 0.0) continue;  // libpng writes with the last
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", names.at(step),
                            seconds_text(seconds.at(step)));
    }
    fmt::print("{}\n{}", text, timeline_text(log, Lesson::team_size(), marks));
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t rows_per_band = 64;
    bool unchecked = false;
    Lesson lesson("18_png",
                  "Reads a picture and writes it grey, its rows in bands.");
    lesson.add_picture_input();
    lesson.add_picture_output();
    lesson.option("--band", rows_per_band, {1, 65'535}, "rows in a band");
    lesson.option("--unchecked", unchecked,
                  "write once and do not read the file back: for timing the "
                  "whole program");
    return lesson.run(argc, argv, [&] {
        const std::filesystem::path file = lesson.picture_file();
        const int rows = static_cast<int>(rows_per_band);
        std::int64_t pixels = 0;
        std::int64_t items = 0;
        const auto work = [&](WorkLog& log) {
            PngReader picture = lesson.open_picture();
            write_in_bands(picture, file, rows, log);
        };
        const auto work_unlogged = [&] {
            WorkLog off;
            work(off);
        };
        {
            const PngReader picture = lesson.open_picture();
            pixels = std::int64_t{picture.width()} * picture.height();
            items = 4 * number_of_bands(picture.height(), rows);
            lesson.set_size(
                fmt::format("{} x {}", picture.width(), picture.height()),
                pixels);
        }
        if (unchecked) {
            lesson.measure_once(work_unlogged);
            return;
        }
        lesson.measure(work_unlogged);
        print_steps(lesson.log_run(items, work));

        // What counts is what a reader finds in the file.
        if (!std::filesystem::is_regular_file(file)) return;
        lesson.add_result(read_png(file, pixels));
        const std::uintmax_t bytes = std::filesystem::file_size(file);
        fmt::print("{}: {} bytes\n", file.string(),
                   count_text(static_cast<std::int64_t>(bytes)));
    });
}
