// A picture in memory, and its way in from a PNG file and out to one.

#pragma once

#include <cstdint>
#include <filesystem>
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

/// Most pixels (width x height) that read_png accepts unless told otherwise:
/// 2^28, a picture of 16384 x 16384.
inline constexpr std::int64_t default_max_pixels = std::int64_t{1} << 28;

/// Reads a PNG file of any colour type and bit depth, interlaced or not.
///
/// Grey and palette become RGB, 16 bits become 8 (v * 255 / 65535, rounded),
/// transparency (alpha or tRNS) becomes the alpha plane. Colours are not
/// gamma-corrected: 8-bit RGB and RGBA come in byte for byte.
/// @throws std::runtime_error that names the file and says what is wrong and
///     what to do: it cannot be opened, is no PNG, is damaged, or has more
///     than max_pixels pixels (checked before memory is taken).
Image read_png(const std::filesystem::path& file,
               std::int64_t max_pixels = default_max_pixels);

/// How hard the PNG writer tries to make the file small.
enum class PngEffort {
    fast,  ///< zlib level 1, run lengths, filter `sub`
    small  ///< zlib level 9, all filters: many times slower
};

/// Writes a picture as an 8-bit RGB file, or RGBA where it has alpha.
///
/// The file appears whole or not at all: see OutputFile.
/// @throws std::runtime_error that names the file and says what is wrong.
void write_png(const Image& image, const std::filesystem::path& file,
               PngEffort effort = PngEffort::fast);

/// The picture at another width; height = floor(height * width / old width),
/// at least 1.
///
/// Shrinking takes the mean of the area that a new pixel covers, growing
/// interpolates bilinearly between pixel centres (Wolberg, Digital Image
/// Warping, 1990, chapters 5 and 6). Rows are done in parallel; the result is
/// the same, bit for bit, for every number of threads.
/// @throws std::invalid_argument when width < 1 or the picture is empty.
Image scale_to_width(const Image& image, int width);
