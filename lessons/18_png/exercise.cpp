// Exercise 18: a checksum
//
// The CRC-32 of a long list of bytes, block by block. Each block goes on from
// the checksum of all before it, so none can begin before the last one is done.
// Let every block have a checksum of its own, and share the blocks among the
// team. Then join the checksums: zlib's crc32_combine(a, b, size) is that of
// two lists in a row, of which a and b are the checksums, and the second one
// has `size` bytes.

#include <zlib.h>

#include <algorithm>

#include "png.hpp"

std::uint32_t checksum(std::span<const std::byte> bytes,
                       std::int64_t block_size, WorkLog& log) {
    const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
    const std::int64_t size = std::ssize(bytes);
    const std::int64_t blocks =
        size / block_size + (size % block_size == 0 ? 0 : 1);
    uLong crc = 0;
    for (std::int64_t i = 0; i < blocks; ++i) {
        const WorkLog::Item noted = log.item(i);  // tells who did block i
        const std::int64_t first = i * block_size;
        const std::int64_t length = std::min(block_size, size - first);
        crc = crc32_z(crc, data + first, length);
    }
    return static_cast<std::uint32_t>(crc);
}
