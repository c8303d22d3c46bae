// Pictures to measure with.

#pragma once

#include <cstdint>
#include <map>

#include "common/image.hpp"

/// A picture that is noisy as photographs are, and the same every time: slow
/// gradients and 4 bits of noise.
inline Image noisy_picture(int width, int height) {
    Image image(width, height);
    std::uint32_t state = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            // The generator of Press et al., Numerical Recipes, 1992, ch. 7.
            state = state * 1'664'525U + 1'013'904'223U;
            const auto noise = static_cast<std::uint8_t>(state >> 28U);
            image.row(y)[x] = {static_cast<std::uint8_t>(x / 16 + noise),
                               static_cast<std::uint8_t>(y / 16 + noise),
                               static_cast<std::uint8_t>((x + y) / 32 + noise)};
        }
    }
    return image;
}

/// A picture of side x side pixels, made once and for all: for the filters and
/// for the loops that only move bytes, which are compared on the same memory.
/// (Two pictures of the same size in the same program were 25 % apart.) What is
/// left of the picture is nothing to the time.
inline Image& picture(std::int64_t side) {
    static std::map<std::int64_t, Image> pictures;
    const int pixels = static_cast<int>(side);
    const auto [place, is_new] = pictures.try_emplace(side);
    if (is_new) place->second = noisy_picture(pixels, pixels);
    return place->second;
}
