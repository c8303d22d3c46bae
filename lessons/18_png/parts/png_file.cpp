#include "png_file.hpp"

#include <zlib.h>

#include <array>
#include <vector>

#include "band.hpp"

namespace {

/// A number as PNG and zlib have it: four bytes, the highest first.
std::array<std::uint8_t, 4> big_endian(std::uint32_t number) {
    return {static_cast<std::uint8_t>(number >> 24U),
            static_cast<std::uint8_t>(number >> 16U),
            static_cast<std::uint8_t>(number >> 8U),
            static_cast<std::uint8_t>(number)};
}

std::string_view text(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void append_number(std::vector<std::uint8_t>& bytes, std::uint32_t number) {
    for (const std::uint8_t byte : big_endian(number)) bytes.push_back(byte);
}

}  // namespace

PngFile::PngFile(const std::filesystem::path& file, int width, int height,
                 bool has_alpha)
    : output_(file) {
    output_.write("\x89PNG\r\n\x1a\n");
    std::vector<std::uint8_t> header;
    append_number(header, static_cast<std::uint32_t>(width));
    append_number(header, static_cast<std::uint32_t>(height));
    const std::uint8_t colour_type = has_alpha ? 6 : 2;
    // 8 bits; the last three: deflate, the five filters, not interlaced.
    header.insert(header.end(), {8, colour_type, 0, 0, 0});
    write_chunk("IHDR", header);
    // zlib's header: deflate with a window of 32 kB, compressed fast.
    write_chunk("IDAT", std::array<std::uint8_t, 2>{0x78, 0x01});
}

void PngFile::append(const Band& band) {
    write_chunk("IDAT", band.deflated, band.crc);
    adler_ = static_cast<std::uint32_t>(
        adler32_combine(adler_, band.adler, band.filtered_size));
}

void PngFile::finish() {
    // An empty block that says it is the last one, and zlib's checksum.
    std::vector<std::uint8_t> end = {0x03, 0x00};
    append_number(end, adler_);
    write_chunk("IDAT", end);
    write_chunk("IEND", {});
    output_.commit();
}

void PngFile::write_chunk(std::string_view type, Bytes data) {
    write_chunk(type, data, chunk_crc(type, data));
}

void PngFile::write_chunk(std::string_view type, Bytes data,
                          std::uint32_t crc) {
    output_.write(text(big_endian(static_cast<std::uint32_t>(data.size()))));
    output_.write(type);
    if (!data.empty()) output_.write(text(data));
    output_.write(text(big_endian(crc)));
}
