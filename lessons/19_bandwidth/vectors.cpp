// Restructured: simple loops over 256 pixels, which become vector instructions.
//
// Grey: a first loop computes the means, a second one stores each in its three
// places. Red: a mask has all bits of red set and none of the other colours.
// "Byte and byte of the mask" is the same work for every byte of the picture.

#include <algorithm>
#include <array>
#include <cstddef>

#include "bandwidth.hpp"

namespace {

constexpr std::size_t block_size = 256;  // pixels

void grey_block(std::span<Pixel> block) {
    std::array<std::uint8_t, block_size> means = {};
    for (std::size_t x = 0; x < block.size(); ++x) {
        const int sum = block[x].red + block[x].green + block[x].blue;
        means[x] = static_cast<std::uint8_t>(sum / 3);
    }
    for (std::size_t x = 0; x < block.size(); ++x) {
        block[x] = {means[x], means[x], means[x]};
    }
}

constexpr auto mask = [] {
    std::array<Pixel, block_size> pixels;
    pixels.fill({255, 0, 0});
    return pixels;
}();

void red_block(std::span<Pixel> block) {
    const auto kept = std::as_bytes(std::span(mask));
    const auto bytes = std::as_writable_bytes(block);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] &= kept[i];
}

void for_each_block(Image& image, const auto& filter) {
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const auto row = image.row(y);
        for (std::size_t x = 0; x < row.size(); x += block_size) {
            filter(row.subspan(x, std::min(block_size, row.size() - x)));
        }
    }
}

}  // namespace

void grey(Image& image) { for_each_block(image, grey_block); }
void red(Image& image) { for_each_block(image, red_block); }
