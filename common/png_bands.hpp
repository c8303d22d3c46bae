// A PNG file whose rows are compressed in bands, each on its own.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "common/image.hpp"
#include "common/output_file.hpp"

/// Some rows of a picture as they are in a PNG file.
struct Band {
    /// Raw deflate blocks (RFC 1951) that end on a byte boundary and refer to
    /// nothing before the band: those of the next band may follow directly.
    std::vector<std::uint8_t> deflated;
    std::uint32_t crc = 0;           ///< of the PNG chunk that holds them
    std::int64_t filtered_size = 0;  ///< of the rows that they hold, in bytes
    std::uint32_t adler = 1;         ///< Adler-32 of those rows
};

/// How many bands a picture has: height / rows_per_band, rounded up.
int number_of_bands(int height, int rows_per_band);

/// Filters rows by PNG's filter 1 (`sub`: each byte minus the one a pixel
/// before it), and compresses them: zlib level 1, run lengths alone (Z_RLE), as
/// write_png does with PngEffort::fast. `row_bytes(y)` gives the bytes of row
/// y, from the top down: red, green, blue (and alpha), red, ...
Band compress_band(int width, bool has_alpha, int rows,
                   const std::function<const std::uint8_t*(int y)>& row_bytes);
Band compress_band(const Image& rows);

/// Writes the frame around the bands: signature, header, a chunk for each band,
/// checksum and end (Portable Network Graphics, 2nd edition, W3C 2003; zlib's
/// format: RFC 1950).
class PngFile {
 public:
    /// Opens the file and writes what comes before the rows. Width and height
    /// are in pixels, at least 1.
    /// @throws std::runtime_error that names the file, where it cannot be
    ///     written.
    PngFile(const std::filesystem::path& file, int width, int height,
            bool has_alpha);

    /// Adds the next band, the top one first.
    /// @throws std::runtime_error where it cannot be written. The old file
    ///     stays then.
    void append(const Band& band);

    /// Writes what comes after the rows, and gives the file its name.
    /// @throws std::runtime_error as append().
    void finish();

 private:
    using Bytes = std::span<const std::uint8_t>;
    void write_chunk(std::string_view type, Bytes data);
    void write_chunk(std::string_view type, Bytes data, std::uint32_t crc);

    OutputFile output_;
    std::uint32_t adler_ = 1;  ///< of all rows so far
};

/// Writes a picture that is not in memory, 8-bit RGB, at least 1 x 1, by a
/// team: `paint` fills in row y, once for each y, in any order and on any
/// thread. What it throws is thrown again. The file's bytes are the same for
/// every team.
/// @throws std::runtime_error as PngFile.
void write_png(int width, int height,
               const std::function<void(int y, std::span<Pixel> row)>& paint,
               const std::filesystem::path& file);
