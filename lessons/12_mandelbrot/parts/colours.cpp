#include "colours.hpp"

#include <array>
#include <cmath>

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

}  // namespace

Image paint(const View& view, EscapeTimes& result, int max_iterations) {
    Image image(view.width, view.height);
    for (int y = 0; y < view.height; ++y) {
        for (int x = 0; x < view.width; ++x) {
            image.row(y)[x] = colour_of(result.row(y)[x], max_iterations);
        }
    }
    return image;
}
