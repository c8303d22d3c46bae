#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "common/png.hpp"
#include "common/work_log.hpp"

/// Reads a picture, of which nothing was read yet, turns it grey as lesson 05
/// does, and writes it as a PNG file, 8-bit RGB, or RGBA where it has alpha,
/// with the settings of write_png's PngEffort::fast: filter `sub`, zlib level
/// 1, run lengths alone.
///
/// The rows are cut into bands of `rows_per_band` (>= 1; the last may have
/// fewer), each compressed on its own. The file has the same bytes for every
/// number of threads: they depend on the picture and on `rows_per_band` alone.
/// It appears whole or not at all.
///
/// The log, where it is on, has four items for each band: to read it, to turn
/// it grey, to compress it and to write it.
/// @throws std::runtime_error that names the file and says what is wrong.
void write_in_bands(PngReader& picture, const std::filesystem::path& file,
                    int rows_per_band, WorkLog& log);

/// The exercise. The CRC-32 of all bytes, as zlib's crc32 gives it; 0 for none.
///
/// It is computed in blocks of `block_size` bytes (>= 1; the last may have
/// fewer), which are shared among the team. The log, where it is on, has one
/// item per block.
std::uint32_t checksum(std::span<const std::byte> bytes,
                       std::int64_t block_size, WorkLog& log);
