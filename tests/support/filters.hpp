// What the tests of the filters share.

#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

/// The picture with every pixel replaced by formula(pixel).
inline Image map_pixels(Image image,
                        const std::function<Pixel(Pixel)>& formula) {
    for (int y = 0; y < image.height(); ++y) {
        for (Pixel& pixel : image.row(y)) pixel = formula(pixel);
    }
    return image;
}

/// Expects that a filter, run by teams of every size, makes formula(pixel) of
/// every pixel and leaves opacity alone, in pictures of every size.
inline void expect_filter(const std::function<void(Image&)>& filter,
                          const std::function<Pixel(Pixel)>& formula) {
    for_each_team([&] {
        for (const auto& [width, height] : picture_sizes) {
            for (const bool with_alpha : {false, true}) {
                const Image before =
                    speckled_picture(width, height, with_alpha);
                Image after = before;
                filter(after);
                EXPECT_EQ(difference(after, map_pixels(before, formula)), "");
            }
        }
    });
}
