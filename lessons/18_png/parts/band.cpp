#include "band.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <span>
#include <stdexcept>

#include "common/png.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;

std::size_t pixel_size(const Image& image) { return image.has_alpha() ? 4 : 3; }

/// A row's bytes as PNG has them; those with alpha are put together in `room`.
const std::uint8_t* row_bytes(const Image& image, int y, Bytes& room) {
    const std::span<const Pixel> pixels = image.row(y);
    if (!image.has_alpha()) {
        return reinterpret_cast<const std::uint8_t*>(pixels.data());
    }
    const std::span<const std::uint8_t> alpha = image.alpha_row(y);
    for (std::size_t x = 0; x < pixels.size(); ++x) {
        room[4 * x] = pixels[x].red;
        room[4 * x + 1] = pixels[x].green;
        room[4 * x + 2] = pixels[x].blue;
        room[4 * x + 3] = alpha[x];
    }
    return room.data();
}

/// The rows, each with its filter's number, 1, before it.
Bytes filter_rows(const Image& image) {
    const std::size_t pixel = pixel_size(image);
    const std::size_t size = image.row(0).size() * pixel;
    Bytes room(image.has_alpha() ? size : 0);
    Bytes filtered(static_cast<std::size_t>(image.height()) * (size + 1));
    std::uint8_t* out = filtered.data();
    for (int y = 0; y < image.height(); ++y) {
        const std::uint8_t* row = row_bytes(image, y, room);
        *out++ = 1;
        std::copy_n(row, pixel, out);
        for (std::size_t i = pixel; i < size; ++i) {
            out[i] = static_cast<std::uint8_t>(row[i] - row[i - pixel]);
        }
        out += size;
    }
    return filtered;
}

/// zlib's compressor for one band; a negative window means: no zlib header.
class Deflater {
 public:
    Deflater() {
        constexpr int window_bits = -15;  // 32 kB, as deflate allows at most
        constexpr int memory_level = 8;   // zlib's default, and libpng's
        if (deflateInit2(&stream_, fast_png_level, Z_DEFLATED, window_bits,
                         memory_level, fast_png_strategy) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    ~Deflater() { deflateEnd(&stream_); }

    /// All of it, followed by an empty block that fills up the last byte.
    Bytes deflate_and_flush(Bytes& input) {
        constexpr std::size_t most_for_flush = 64;
        Bytes output(deflateBound(&stream_, input.size()) + most_for_flush);
        stream_.next_in = input.data();
        stream_.avail_in = static_cast<uInt>(input.size());
        stream_.next_out = output.data();
        stream_.avail_out = static_cast<uInt>(output.size());
        if (deflate(&stream_, Z_SYNC_FLUSH) != Z_OK || stream_.avail_in != 0 ||
            stream_.avail_out == 0) {
            throw std::runtime_error("zlib cannot compress a band");
        }
        // A copy, so that no room is kept that was not needed.
        return {output.begin(), output.end() - stream_.avail_out};
    }

 private:
    z_stream stream_ = {};
};

}  // namespace

int number_of_bands(int height, int rows_per_band) {
    return height / rows_per_band + (height % rows_per_band == 0 ? 0 : 1);
}

void make_grey(Image& rows) {
    for (int y = 0; y < rows.height(); ++y) {
        for (Pixel& pixel : rows.row(y)) {
            const int sum = pixel.red + pixel.green + pixel.blue;
            const auto mean = static_cast<std::uint8_t>(sum / 3);
            pixel = {mean, mean, mean};
        }
    }
}

std::uint32_t chunk_crc(std::string_view type,
                        std::span<const std::uint8_t> data) {
    uLong crc =
        crc32_z(0, reinterpret_cast<const Bytef*>(type.data()), type.size());
    // zlib would begin its checksum anew for no bytes at all.
    if (!data.empty()) crc = crc32_z(crc, data.data(), data.size());
    return static_cast<std::uint32_t>(crc);
}

Band compress_band(const Image& rows) {
    Bytes filtered = filter_rows(rows);
    Band band;
    band.filtered_size = static_cast<std::int64_t>(filtered.size());
    band.adler = static_cast<std::uint32_t>(
        adler32_z(adler32_z(0, nullptr, 0), filtered.data(), filtered.size()));
    band.deflated = Deflater().deflate_and_flush(filtered);
    band.crc = chunk_crc("IDAT", band.deflated);
    return band;
}
