#include "tests/peers/pictures.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace {

/// A whole number as PNG has it: four bytes, the highest first.
std::size_t number_at(std::string_view png, std::size_t place) {
    std::size_t number = 0;
    for (const char byte : png.substr(place, 4)) {
        number = number << 8U | static_cast<unsigned char>(byte);
    }
    return number;
}

}  // namespace

Differences compare_grey(const Image& picture, const Image& grey) {
    if (picture.width() != grey.width() || picture.height() != grey.height()) {
        return {};
    }
    std::int64_t pixels = 0;
    int most = 0;
    for (std::size_t i = 0; i < picture.pixels().size(); ++i) {
        const Pixel before = picture.pixels()[i];
        const Pixel after = grey.pixels()[i];
        const int mean = (before.red + before.green + before.blue) / 3;
        const int off =
            std::max({std::abs(after.red - mean), std::abs(after.green - mean),
                      std::abs(after.blue - mean)});
        if (off > 0) ++pixels;
        most = std::max(most, off);
    }
    const auto all = static_cast<double>(picture.pixels().size());
    return {static_cast<double>(pixels) / all, most};
}

std::string verdict_on(const Differences& differences, bool rounds) {
    if (differences.share == 0.0) return "same";
    return fmt::format("{}: differs by at most {} in {:.1f} % of the pixels",
                       rounds && differences.most <= 1 ? "rounds" : "WRONG",
                       differences.most, 100.0 * differences.share);
}

double share_of_sub(std::string_view png) {
    // Behind the size: 8 bits per colour, and the type of RGB.
    if (png.size() < 26 || png.substr(24, 2) != "\x08\x02") {
        throw std::runtime_error("the picture is not red, green and blue");
    }
    const std::size_t row_size = 1 + 3 * number_at(png, 16);
    std::string packed;
    for (std::size_t place = 8; place < png.size();) {
        const std::size_t size = number_at(png, place);
        if (png.substr(place + 4, 4) == "IDAT") {
            packed += png.substr(place + 8, size);
        }
        place += 12 + size;
    }
    const std::size_t height = number_at(png, 20);
    std::string rows(row_size * height, '\0');
    uLongf size = rows.size();
    uncompress(reinterpret_cast<Bytef*>(rows.data()), &size,
               reinterpret_cast<const Bytef*>(packed.data()), packed.size());
    double with_sub = 0.0;
    for (std::size_t place = 0; place < size; place += row_size) {
        if (rows[place] == '\1') ++with_sub;
    }
    return with_sub / static_cast<double>(height);
}
