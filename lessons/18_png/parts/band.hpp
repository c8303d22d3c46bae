// A band of a picture's rows, compressed on its own.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "common/image.hpp"

/// Some rows of a picture as they are in a PNG file.
struct Band {
    /// Raw deflate blocks (RFC 1951) that end on a byte boundary and refer to
    /// nothing before the band: those of the next band may follow directly.
    std::vector<std::uint8_t> deflated;
    std::uint32_t crc = 0;           ///< of the PNG chunk that holds them
    std::int64_t filtered_size = 0;  ///< of the rows that they hold, in bytes
    std::uint32_t adler = 1;         ///< Adler-32 of those rows
};

/// CRC-32 of a PNG chunk: of its type, such as "IDAT", and its data.
std::uint32_t chunk_crc(std::string_view type,
                        std::span<const std::uint8_t> data);

/// How many bands a picture has: height / rows_per_band, rounded up.
int number_of_bands(int height, int rows_per_band);

/// Lesson 05's filter: every pixel becomes the mean of its three colours.
void make_grey(Image& rows);

/// Filters the rows by PNG's filter 1 (`sub`: each byte minus the one a pixel
/// before it), and compresses them: zlib level 1, run lengths alone (Z_RLE), as
/// write_png does with PngEffort::fast.
Band compress_band(const Image& rows);
