// Restructured: as vectors.cpp, but the next page is asked for in advance.
//
// While the core computes 256 pixels, those a page further on come from memory.
// Not even a hint may have a pointer that leads beyond the picture.
// __builtin_prefetch belongs to g++ and clang++, not to C++.

#include <algorithm>
#include <array>
#include <cstddef>

#include "bandwidth.hpp"

namespace {

constexpr std::size_t block_size = 256;                 // pixels
constexpr std::size_t page = 4096 / sizeof(Pixel);      // pixels
constexpr std::size_t cache_line = 64 / sizeof(Pixel);  // pixels

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
        const auto rest = image.pixels().subspan(y * row.size());
        for (std::size_t x = 0; x < row.size(); x += block_size) {
            const auto end = std::min(x + page + block_size, rest.size());
            for (std::size_t i = x + page; i < end; i += cache_line) {
                __builtin_prefetch(&rest[i], 0, 2);  // to read; into L2
            }
            filter(row.subspan(x, std::min(block_size, row.size() - x)));
        }
    }
}

}  // namespace

void grey(Image& image) { for_each_block(image, grey_block); }
void red(Image& image) { for_each_block(image, red_block); }
