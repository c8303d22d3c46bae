#include "stages.hpp"

#include <algorithm>
#include <array>

#include "heat.hpp"

namespace {

constexpr int most_pixels = 256;  // of a side
constexpr int gap = 4;
constexpr double hottest = 100.0;

/// The colours that the temperatures run through, cold first.
constexpr std::array<Pixel, 5> palette = {{{10, 14, 60},
                                           {95, 25, 110},
                                           {205, 55, 60},
                                           {250, 160, 40},
                                           {255, 250, 215}}};

Pixel colour_of(double temperature) {
    const double place = std::clamp(temperature / hottest, 0.0, 1.0) *
                         static_cast<double>(palette.size() - 1);
    const auto step =
        std::min(static_cast<std::size_t>(place), palette.size() - 2);
    const double part = place - static_cast<double>(step);
    const auto mix = [part](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(a + part * (b - a));
    };
    const Pixel from = palette.at(step);
    const Pixel to = palette.at(step + 1);
    return {mix(from.red, to.red), mix(from.green, to.green),
            mix(from.blue, to.blue)};
}

}  // namespace

Image picture_of(const Plate& plate) {
    const int side = std::max(plate.rows(), plate.columns());
    const int step = (side + most_pixels - 1) / most_pixels;
    Image image((plate.columns() + step - 1) / step,
                (plate.rows() + step - 1) / step);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            image.row(y)[x] = colour_of(plate.at(1 + y * step, 1 + x * step));
        }
    }
    return image;
}

Image side_by_side(const std::vector<Image>& pictures) {
    const int width = pictures.front().width();
    const int height = pictures.front().height();
    const auto count = static_cast<int>(pictures.size());
    Image row(count * (width + gap) - gap, height);
    for (int y = 0; y < height; ++y) {
        std::ranges::fill(row.row(y), Pixel{255, 255, 255});
        for (int i = 0; i < count; ++i) {
            std::ranges::copy(pictures[i].row(y),
                              row.row(y).begin() + i * (width + gap));
        }
    }
    return row;
}
