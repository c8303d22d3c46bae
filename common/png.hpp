// Pictures from PNG files and to them.

#pragma once

#include <cstdint>
#include <filesystem>

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
