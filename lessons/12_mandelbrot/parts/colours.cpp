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

Pixel colour_of(int time) {
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

std::vector<Pixel> colours_of_times(int max_iterations) {
    std::vector<Pixel> colours(static_cast<std::size_t>(max_iterations) + 1);
    for (int time = 0; time < max_iterations; ++time) {
        colours[static_cast<std::size_t>(time)] = colour_of(time);
    }
    return colours;  // the last one, of the set itself, is black
}
