// Pictures for the tests of the filters.

#pragma once

#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "common/image.hpp"

/// Sizes that catch what is wrong at the edges: nothing, one pixel, one row,
/// one column, primes, fewer rows than threads.
inline constexpr std::array<std::pair<int, int>, 8> picture_sizes = {
    {{0, 0}, {1, 1}, {64, 1}, {1, 64}, {7, 5}, {13, 31}, {3, 2}, {101, 67}}};

/// A picture in which every byte looks random, the same on every machine
/// (Lehmer's generator, multiplier 48271).
inline Image speckled_picture(int width, int height, bool with_alpha = false) {
    Image image(width, height, with_alpha);
    std::uint64_t state = 1;
    const auto next = [&state] {
        constexpr std::uint64_t multiplier = 48'271;
        constexpr std::uint64_t modulus = 2'147'483'647;
        state = state * multiplier % modulus;
        return static_cast<std::uint8_t>(state >> 8);
    };
    for (int y = 0; y < height; ++y) {
        for (Pixel& pixel : image.row(y)) pixel = {next(), next(), next()};
        if (!with_alpha) continue;
        for (std::uint8_t& opacity : image.alpha_row(y)) opacity = next();
    }
    return image;
}

/// Where a picture first differs from the expected one; empty where nowhere.
inline std::string difference(const Image& image, const Image& expected) {
    if (image.width() != expected.width() ||
        image.height() != expected.height() ||
        image.has_alpha() != expected.has_alpha()) {
        return fmt::format("{} x {}, not {} x {}; alpha {}, not {}",
                           image.width(), image.height(), expected.width(),
                           expected.height(), image.has_alpha(),
                           expected.has_alpha());
    }
    const auto text = [](const Image& of, int x, int y) {
        const Pixel pixel = of.row(y)[x];
        return fmt::format("({}, {}, {}; alpha {})", pixel.red, pixel.green,
                           pixel.blue,
                           of.has_alpha() ? of.alpha_row(y)[x] : 255);
    };
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const std::string is = text(image, x, y);
            const std::string wanted = text(expected, x, y);
            if (is != wanted) {
                return fmt::format("pixel ({}, {}) of {} x {} is {}, not {}", x,
                                   y, image.width(), image.height(), is,
                                   wanted);
            }
        }
    }
    return {};
}
