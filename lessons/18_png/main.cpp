// Reads a picture, turns it grey, writes it band by band.

#include <fmt/format.h>

#include <filesystem>

#include "common/lesson.hpp"
#include "common/png.hpp"
#include "common/terminal.hpp"
#include "png.hpp"

namespace {

/// Lesson 05's filter: so that there is something to write.
void grey(Image& image) {
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        for (Pixel& pixel : image.row(y)) {
            const int sum = pixel.red + pixel.green + pixel.blue;
            const auto mean = static_cast<std::uint8_t>(sum / 3);
            pixel = {mean, mean, mean};
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t rows_per_band = 64;
    bool unchecked = false;
    Lesson lesson("18_png", "Writes a grey picture, its rows in bands.");
    lesson.add_picture_input();
    lesson.add_picture_output();
    lesson.option("--band", rows_per_band, {1, 65'535}, "rows in a band");
    lesson.option("--unchecked", unchecked,
                  "write once and do not read the file back: for timing the "
                  "whole program");
    return lesson.run(argc, argv, [&] {
        Image image = lesson.read_picture();
        lesson.set_bytes_moved(0);  // what the file takes is not known
        lesson.time_phase("grey", "", [&] { grey(image); });
        const std::filesystem::path file = lesson.picture_file();
        const int rows = static_cast<int>(rows_per_band);
        const auto write = [&] { write_in_bands(image, file, rows); };
        if (unchecked) {
            lesson.measure_once(write);
            return;
        }
        lesson.measure(write);

        // What counts is what a reader finds in the file.
        const auto pixels = static_cast<std::int64_t>(image.pixels().size());
        image = Image();
        if (!std::filesystem::is_regular_file(file)) return;
        lesson.add_result(read_png(file, pixels));
        const std::uintmax_t bytes = std::filesystem::file_size(file);
        fmt::print("{}: {} bytes\n", file.string(),
                   count_text(static_cast<std::int64_t>(bytes)));
    });
}
