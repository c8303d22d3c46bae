// Pictures from PNG files and to them.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "common/image.hpp"

/// Most pixels (width x height) that read_png accepts unless told otherwise:
/// 2^28, a picture of 16384 x 16384.
inline constexpr std::int64_t default_max_pixels = std::int64_t{1} << 28;

/// Reads a PNG file of any colour type and bit depth, interlaced or not.
///
/// Grey and palette become RGB, 16 bits become 8 (v * 255 / 65535, rounded),
/// transparency (alpha or tRNS) becomes the alpha plane. Colours are not
/// gamma-corrected: 8-bit RGB and RGBA come in byte for byte. The picture is as
/// it is stored: where eXIf says that it is to be turned, a line on stderr says
/// so. Chunks that the pixels do not need are not kept, whatever their size,
/// and damage in them is only warned of, on stderr.
/// @throws std::runtime_error that names the file and says what is wrong and
///     what to do: it cannot be opened, is no PNG, is damaged, has more than
///     max_pixels pixels or needs more memory than is available (both checked
///     before memory is taken).
Image read_png(const std::filesystem::path& file,
               std::int64_t max_pixels = default_max_pixels);

/// A PNG file that is read from the top down, some rows at a time; otherwise as
/// read_png does it.
class PngReader {
 public:
    /// Reads what comes before the rows.
    /// @throws std::runtime_error as read_png.
    explicit PngReader(const std::filesystem::path& file,
                       std::int64_t max_pixels = default_max_pixels);
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
    ~PngReader();

    [[nodiscard]] int width() const;   ///< of the whole picture, in pixels
    [[nodiscard]] int height() const;  ///< of the whole picture, in pixels
    [[nodiscard]] bool has_alpha() const;

    /// The next rows: so many, which must not be more than are left. With the
    /// last one the file has been read to its end. (An interlaced file has its
    /// rows only when all of it is read: it is kept.)
    /// @throws std::runtime_error as read_png.
    Image read(int rows);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

/// What PngEffort::fast means to zlib: the level, and run lengths alone
/// (Z_RLE). What a search for longer matches would gain after the filter takes
/// more time than it is worth. Lesson 18 writes with the same.
inline constexpr int fast_png_level = 1;
inline constexpr int fast_png_strategy = 3;

/// How hard the PNG writer tries to make the file small.
enum class PngEffort {
    fast,  ///< as above, filter `sub`
    small  ///< zlib level 9, all filters: many times slower
};

/// Writes a picture as an 8-bit RGB file, or RGBA where it has alpha.
///
/// The file appears whole or not at all: see OutputFile.
/// @throws std::runtime_error that names the file and says what is wrong.
void write_png(const Image& image, const std::filesystem::path& file,
               PngEffort effort = PngEffort::fast);
