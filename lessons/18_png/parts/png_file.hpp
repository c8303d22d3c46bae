// A PNG file whose compressed rows come in bands.

#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "common/output_file.hpp"

struct Band;

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
