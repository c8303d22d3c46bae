#include "common/png_bands.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <span>
#include <string_view>

#include "common/png.hpp"

namespace {

/// zlib's compressor for one band.
class Deflater {
 public:
    explicit Deflater(std::vector<std::uint8_t>& output) : output_(output) {
        constexpr int window_bits = -15;  // 32 kB; negative: no zlib header
        constexpr int memory_level = 8;   // zlib's default, and libpng's
        if (deflateInit2(&stream_, fast_png_level, Z_DEFLATED, window_bits,
                         memory_level, fast_png_strategy) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    ~Deflater() { deflateEnd(&stream_); }

    void add(std::span<std::uint8_t> input) {
        stream_.next_in = input.data();
        stream_.avail_in = static_cast<uInt>(input.size());
        deflate_all(Z_NO_FLUSH);
    }
    /// Adds an empty block that fills up the last byte.
    void flush() { deflate_all(Z_SYNC_FLUSH); }

 private:
    void deflate_all(int flush) {
        do {
            stream_.next_out = room_.data();
            stream_.avail_out = static_cast<uInt>(room_.size());
            deflate(&stream_, flush);
            output_.insert(output_.end(), room_.data(), stream_.next_out);
        } while (stream_.avail_out == 0);
    }

    std::vector<std::uint8_t>& output_;
    z_stream stream_ = {};
    std::array<std::uint8_t, 16'384> room_ = {};
};

/// CRC-32 of a PNG chunk: of its type, such as "IDAT", and its data.
std::uint32_t chunk_crc(std::string_view type,
                        std::span<const std::uint8_t> data) {
    uLong crc =
        crc32_z(0, reinterpret_cast<const Bytef*>(type.data()), type.size());
    // zlib would begin its checksum anew for no bytes at all.
    if (!data.empty()) crc = crc32_z(crc, data.data(), data.size());
    return static_cast<std::uint32_t>(crc);
}

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

int number_of_bands(int height, int rows_per_band) {
    return height / rows_per_band + (height % rows_per_band == 0 ? 0 : 1);
}

Band compress_band(int width, bool has_alpha, int rows,
                   const std::function<const std::uint8_t*(int y)>& row_bytes) {
    const std::size_t pixel = has_alpha ? 4 : 3;
    const std::size_t size = static_cast<std::size_t>(width) * pixel;
    Band band;
    Deflater deflater(band.deflated);
    std::vector<std::uint8_t> filtered(1 + size, 1);  // first the filter's 1
    for (int y = 0; y < rows; ++y) {
        const std::uint8_t* row = row_bytes(y);
        std::uint8_t* out = std::copy_n(row, pixel, &filtered[1]);
        for (std::size_t i = pixel; i < size; ++i) {
            *out++ = static_cast<std::uint8_t>(row[i] - row[i - pixel]);
        }
        band.filtered_size += std::ssize(filtered);
        band.adler = static_cast<std::uint32_t>(
            adler32_z(band.adler, filtered.data(), filtered.size()));
        deflater.add(filtered);
    }
    deflater.flush();
    band.crc = chunk_crc("IDAT", band.deflated);
    return band;
}

Band compress_band(const Image& rows) {
    const bool has_alpha = rows.has_alpha();
    std::vector<std::uint8_t> rgba(has_alpha ? rows.row(0).size() * 4 : 0);
    const auto row_bytes = [&](int y) -> const std::uint8_t* {
        if (!has_alpha) return bytes_of(rows.row(y));
        get_rgba(rows, y, rgba);
        return rgba.data();
    };
    return compress_band(rows.width(), has_alpha, rows.height(), row_bytes);
}

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

void write_png(int width, int height,
               const std::function<void(int y, std::span<Pixel> row)>& paint,
               const std::filesystem::path& file) {
    PngFile output(file, width, height, false);
    std::exception_ptr failure;  // none may leave the loop (lesson 09)
    const auto keep_failure = [&](const auto& work) noexcept {
        try {
            work();
        } catch (...) {
#pragma omp critical(failure_of_write_png)
            if (!failure) failure = std::current_exception();
        }
    };
    constexpr int rows_per_band = 64;
#pragma omp parallel for ordered schedule(dynamic)
    for (int i = 0; i < number_of_bands(height, rows_per_band); ++i) {
        const int top = i * rows_per_band;
        Band band;
        keep_failure([&] {
            std::vector<Pixel> row(static_cast<std::size_t>(width));
            const auto row_bytes = [&](int y) {
                paint(top + y, row);
                return bytes_of(std::span(row));
            };
            band = compress_band(
                width, false, std::min(rows_per_band, height - top), row_bytes);
        });
#pragma omp ordered
        keep_failure([&] { output.append(band); });
    }
    if (failure) std::rethrow_exception(failure);
    output.finish();
}
