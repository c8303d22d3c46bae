// A picture in memory.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// One point of a picture: three colours, 0 (dark) .. 255 (full).
struct Pixel {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    bool operator==(const Pixel&) const = default;
};

/// A picture: width x height pixels, row after row, row 0 on top.
///
/// Opacity, where a picture has it, lies in a plane of its own (one byte a
/// pixel, 0 transparent .. 255 opaque), so that filters never touch it.
class Image {
 public:
    /// A picture of 0 x 0 pixels.
    Image() = default;

    /// A black picture; with alpha, a fully opaque one.
    /// @throws std::invalid_argument when a side is negative.
    Image(int width, int height, bool with_alpha = false);

    [[nodiscard]] int width() const { return width_; }    ///< in pixels
    [[nodiscard]] int height() const { return height_; }  ///< in pixels
    [[nodiscard]] bool has_alpha() const { return has_alpha_; }

    /// The pixels of row y, 0 <= y < height(), from left to right.
    [[nodiscard]] std::span<Pixel> row(int y) {
        return std::span(pixels_).subspan(start_of(y), columns());
    }
    [[nodiscard]] std::span<const Pixel> row(int y) const {
        return std::span(pixels_).subspan(start_of(y), columns());
    }

    /// The opacities of row y; only where has_alpha().
    [[nodiscard]] std::span<std::uint8_t> alpha_row(int y) {
        return std::span(alpha_).subspan(start_of(y), columns());
    }
    [[nodiscard]] std::span<const std::uint8_t> alpha_row(int y) const {
        return std::span(alpha_).subspan(start_of(y), columns());
    }

    /// All pixels, row after row.
    [[nodiscard]] std::span<const Pixel> pixels() const { return pixels_; }
    /// All opacities, row after row; empty without alpha.
    [[nodiscard]] std::span<const std::uint8_t> alpha() const { return alpha_; }

    bool operator==(const Image&) const = default;

 private:
    [[nodiscard]] std::size_t columns() const {
        return static_cast<std::size_t>(width_);
    }
    [[nodiscard]] std::size_t start_of(int y) const {
        return static_cast<std::size_t>(y) * columns();
    }

    int width_ = 0;
    int height_ = 0;
    bool has_alpha_ = false;
    std::vector<Pixel> pixels_;
    std::vector<std::uint8_t> alpha_;
};

/// A row of pixels as plain bytes: red, green, blue, red, ...
inline std::uint8_t* bytes_of(std::span<Pixel> row) {
    return reinterpret_cast<std::uint8_t*>(row.data());
}
inline const std::uint8_t* bytes_of(std::span<const Pixel> row) {
    return reinterpret_cast<const std::uint8_t*>(row.data());
}
static_assert(sizeof(Pixel) == 3);

/// A row of a picture with alpha as PNG has it: red, green, blue, alpha, red
/// ...
inline void get_rgba(const Image& image, int y, std::span<std::uint8_t> rgba) {
    const std::span<const Pixel> pixels = image.row(y);
    const std::span<const std::uint8_t> alpha = image.alpha_row(y);
    for (std::size_t x = 0; x < pixels.size(); ++x) {
        rgba[4 * x] = pixels[x].red;
        rgba[4 * x + 1] = pixels[x].green;
        rgba[4 * x + 2] = pixels[x].blue;
        rgba[4 * x + 3] = alpha[x];
    }
}
