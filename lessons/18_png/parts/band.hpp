// A band of a picture's rows, compressed on its own.

#pragma once

#include <cstdint>
#include <exception>
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
    std::exception_ptr failure;      ///< what went wrong; null: nothing
};

/// CRC-32 of a PNG chunk: of its type, such as "IDAT", and its data.
std::uint32_t chunk_crc(std::string_view type,
                        std::span<const std::uint8_t> data);

/// How many bands the picture has: height / rows_per_band, rounded up.
int number_of_bands(const Image& image, int rows_per_band);

/// Filters the rows from band * rows_per_band on, by PNG's filter 1 (`sub`:
/// each byte minus the one a pixel before it), and compresses them: zlib level
/// 1, run lengths alone (Z_RLE), as write_png does with PngEffort::fast.
///
/// Never throws, for an exception must not leave a parallel loop (lesson 09):
/// what went wrong (memory) is in the band, and PngFile throws it.
Band compress_band(const Image& image, int band, int rows_per_band) noexcept;
