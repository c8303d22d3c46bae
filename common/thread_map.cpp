#include "common/thread_map.hpp"

#include <fmt/core.h>

#include <array>
#include <stdexcept>
#include <vector>

std::string timeline_text(const WorkLog& log, int team_size,
                          const std::string& marks, int columns) {
    const WorkLog::Period period = log.period();
    const double column_seconds = (period.end - period.start) / columns;
    if (column_seconds <= 0.0) return "";
    std::vector<std::string> lines(
        log.busy_seconds(team_size).size(),
        std::string(static_cast<std::size_t>(columns), '.'));
    for (std::size_t item = 0; item < log.entries().size(); ++item) {
        const WorkLog::Entry& entry = log.entries()[item];
        if (entry.thread < 0) continue;
        const char mark = item < marks.size()
                              ? marks[item]
                              : static_cast<char>('0' + item % 10);
        std::string& line = lines[static_cast<std::size_t>(entry.thread)];
        for (std::size_t column = 0; column < line.size(); ++column) {
            const double middle =
                period.start +
                (static_cast<double>(column) + 0.5) * column_seconds;
            if (entry.start <= middle && middle < entry.end) {
                line[column] = mark;
            }
        }
    }
    std::string text;
    for (std::size_t thread = 0; thread < lines.size(); ++thread) {
        text += fmt::format("{:<9} |{}|\n", fmt::format("thread {}", thread),
                            lines[thread]);
    }
    return text;
}

Pixel thread_colour(int thread) {
    constexpr std::array<Pixel, 8> colours = {{{230, 159, 0},
                                               {86, 180, 233},
                                               {0, 158, 115},
                                               {240, 228, 66},
                                               {0, 114, 178},
                                               {213, 94, 0},
                                               {204, 121, 167},
                                               {120, 120, 120}}};
    return colours.at(static_cast<std::size_t>(thread) % colours.size());
}

Image thread_map(const Image& image, const WorkLog& log) {
    if (log.entries().size() < static_cast<std::size_t>(image.height())) {
        throw std::invalid_argument("thread_map: a row is not in the log");
    }
    Image map = image;
    // Three parts of the thread's colour to one of the picture's brightness.
    const auto tint = [](std::uint8_t colour, int brightness) {
        return static_cast<std::uint8_t>((3 * colour + brightness) / 4);
    };
    for (int y = 0; y < map.height(); ++y) {
        const int thread = log.entries()[static_cast<std::size_t>(y)].thread;
        if (thread < 0) continue;  // nobody did this row: it stays as it is
        const Pixel colour = thread_colour(thread);
        for (Pixel& pixel : map.row(y)) {
            const int brightness = (pixel.red + pixel.green + pixel.blue) / 3;
            pixel = {tint(colour.red, brightness),
                     tint(colour.green, brightness),
                     tint(colour.blue, brightness)};
        }
    }
    return map;
}
