#include "common/png.hpp"

#include <fmt/format.h>
#include <png.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "common/output_file.hpp"

namespace fs = std::filesystem;

namespace {

std::runtime_error error(const fs::path& file, std::string_view text) {
    return std::runtime_error(fmt::format("{}: {}", file.string(), text));
}

/// A row of a picture with alpha, as libpng has it: red, green, blue, alpha.
void get_rgba(const Image& image, int y, std::span<std::uint8_t> rgba) {
    const std::span<const Pixel> pixels = image.row(y);
    const std::span<const std::uint8_t> alpha = image.alpha_row(y);
    for (std::size_t x = 0; x < pixels.size(); ++x) {
        rgba[4 * x] = pixels[x].red;
        rgba[4 * x + 1] = pixels[x].green;
        rgba[4 * x + 2] = pixels[x].blue;
        rgba[4 * x + 3] = alpha[x];
    }
}

void set_rgba(Image& image, int y, std::span<const std::uint8_t> rgba) {
    const std::span<Pixel> pixels = image.row(y);
    const std::span<std::uint8_t> alpha = image.alpha_row(y);
    for (std::size_t x = 0; x < pixels.size(); ++x) {
        pixels[x] = {rgba[4 * x], rgba[4 * x + 1], rgba[4 * x + 2]};
        alpha[x] = rgba[4 * x + 3];
    }
}

/// Room for one such row; none for a picture without alpha, which needs none.
std::vector<std::uint8_t> row_buffer(const Image& image) {
    const std::size_t size = image.has_alpha() ? image.row(0).size() * 4 : 0;
    return std::vector<std::uint8_t>(size);
}

/// What libpng has to say goes here, never to stderr. A warning is kept for
/// the case that an error follows: it often names the cause.
void note(png_structp png, png_const_charp text) {
    auto& complaint = *static_cast<std::string*>(png_get_error_ptr(png));
    if (!complaint.empty()) complaint += ", ";
    complaint += text;
}

[[noreturn]] void give_up(png_structp png, png_const_charp text) {
    note(png, text);
    png_longjmp(png, 1);
}

/// Makes calls of libpng; false when libpng gave up in one of them.
///
/// libpng's way out of an error is longjmp, which runs no destructors: `calls`
/// must not make objects that need theirs. No exception may pass libpng.
template <typename Calls>
bool libpng_succeeded(png_structp png, const Calls& calls) {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    calls();
    return true;
}

/// libpng's two structures for reading, and its complaint if it has one.
struct Reader {
    Reader() {
        if (info == nullptr) throw std::bad_alloc();
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }

    std::string complaint;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &complaint,
                                             give_up, note);
    png_infop info = png_create_info_struct(png);
};

/// libpng's two structures for writing, and its complaint if it has one.
struct Writer {
    Writer() {
        if (info == nullptr) throw std::bad_alloc();
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() { png_destroy_write_struct(&png, &info); }

    std::string complaint;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &complaint,
                                              give_up, note);
    png_infop info = png_create_info_struct(png);
};

// libpng's own limit of a million pixels a side would be in our limit's way.
const png_uint_32 any_side = PNG_UINT_31_MAX;

struct Close {
    void operator()(std::FILE* stream) const { std::fclose(stream); }
};
using InputFile = std::unique_ptr<std::FILE, Close>;

InputFile open_for_reading(const fs::path& file) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) {
        throw error(file, "is a folder: name a PNG file");
    }
    InputFile input(std::fopen(file.c_str(), "rbe"));
    if (!input) {
        const int error_number = errno;
        throw error(
            file, fmt::format("cannot be read: {}: {}",
                              std::generic_category().message(error_number),
                              error_number == EACCES ? "allow it with chmod u+r"
                                                     : "check the name"));
    }
    return input;
}

const int signature_size = 8;

/// Reads the first bytes of a file and looks at them.
void check_signature(const fs::path& file, std::FILE* input) {
    std::array<char, signature_size> bytes = {};
    const std::size_t size = std::fread(bytes.data(), 1, bytes.size(), input);
    const std::string_view start(bytes.data(), size);
    if (start == "\x89PNG\r\n\x1a\n") return;
    if (std::ferror(input) != 0) {
        throw error(file, fmt::format("cannot be read: {}: get another copy",
                                      std::generic_category().message(errno)));
    }
    if (start.empty()) throw error(file, "is empty: name a PNG file");
    if (start.starts_with("\xff\xd8\xff")) {
        throw error(file,
                    "is a JPEG picture, whatever its name: convert it first, "
                    "e.g. convert photo.jpg photo.png");
    }
    throw error(file, "is not a PNG picture: name a PNG file");
}

/// Has libpng turn all that PNG allows into 8-bit RGB, or RGBA; returns how
/// many times to read the rows.
int convert_to_8_bit_colour(png_structp png, png_infop info) {
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    const int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    return passes;
}

/// Reads all rows; those of an interlaced file come in seven passes, each of
/// which adds pixels to what the row holds already.
void read_rows(png_structp png, Image& image, int passes,
               std::span<std::uint8_t> rgba) {
    for (int pass = 0; pass < passes; ++pass) {
        for (int y = 0; y < image.height(); ++y) {
            if (!image.has_alpha()) {
                png_read_row(png, bytes_of(image.row(y)), nullptr);
                continue;
            }
            if (pass > 0) get_rgba(image, y, rgba);
            png_read_row(png, rgba.data(), nullptr);
            set_rgba(image, y, rgba);
        }
    }
}

std::runtime_error damaged(const fs::path& file, std::FILE* input,
                           const Reader& reader) {
    if (std::feof(input) != 0) {
        return error(file, "ends too early, it is damaged: get a whole copy");
    }
    return error(file, fmt::format("is damaged ({}): get another copy",
                                   reader.complaint));
}

}  // namespace

Image read_png(const fs::path& file, std::int64_t max_pixels) {
    const InputFile input = open_for_reading(file);
    check_signature(file, input.get());

    const Reader reader;
    const bool has_header = libpng_succeeded(reader.png, [&] {
        png_init_io(reader.png, input.get());
        png_set_sig_bytes(reader.png, signature_size);
        png_set_user_limits(reader.png, any_side, any_side);
        // Nor do we overlook damage in what libpng calls ancillary: tRNS is.
        png_set_crc_action(reader.png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
        png_read_info(reader.png, reader.info);
    });
    if (!has_header) throw damaged(file, input.get(), reader);

    const auto width =
        std::int64_t{png_get_image_width(reader.png, reader.info)};
    const auto height =
        std::int64_t{png_get_image_height(reader.png, reader.info)};
    if (width * height > max_pixels) {
        throw error(
            file,
            fmt::format(
                "has {} x {} = {} pixels, more than the limit of {}: raise "
                "it with --max-pixels",
                width, height, width * height, max_pixels));
    }

    int passes = 1;
    const bool is_converted = libpng_succeeded(reader.png, [&] {
        passes = convert_to_8_bit_colour(reader.png, reader.info);
    });
    if (!is_converted) throw damaged(file, input.get(), reader);

    Image image(static_cast<int>(width), static_cast<int>(height),
                png_get_channels(reader.png, reader.info) == 4);
    std::vector<std::uint8_t> rgba = row_buffer(image);
    const bool is_whole = libpng_succeeded(reader.png, [&] {
        read_rows(reader.png, image, passes, rgba);
        png_read_end(reader.png, nullptr);
    });
    if (!is_whole) throw damaged(file, input.get(), reader);
    return image;
}

namespace {

void write_bytes(png_structp png, png_bytep bytes, std::size_t size) {
    auto* output = static_cast<std::FILE*>(png_get_io_ptr(png));
    if (std::fwrite(bytes, 1, size, output) != size) {
        give_up(png, std::strerror(errno));
    }
}

void flush_nothing(png_structp /*png*/) {}

void set_effort(png_structp png, PngEffort effort) {
    if (effort == PngEffort::small) {
        png_set_compression_level(png, 9);
        png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
        return;
    }
    static_assert(fast_png_strategy == Z_RLE);
    png_set_compression_level(png, fast_png_level);
    png_set_compression_strategy(png, fast_png_strategy);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
}

void write_header(png_structp png, png_infop info, const Image& image) {
    png_set_user_limits(png, any_side, any_side);
    png_set_IHDR(png, info, static_cast<png_uint_32>(image.width()),
                 static_cast<png_uint_32>(image.height()), 8,
                 image.has_alpha() ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
}

void write_rows(png_structp png, const Image& image,
                std::span<std::uint8_t> rgba) {
    for (int y = 0; y < image.height(); ++y) {
        if (!image.has_alpha()) {
            png_write_row(png, bytes_of(image.row(y)));
            continue;
        }
        get_rgba(image, y, rgba);
        png_write_row(png, rgba.data());
    }
}

}  // namespace

void write_png(const Image& image, const fs::path& file, PngEffort effort) {
    if (image.pixels().empty()) {
        throw error(file,
                    fmt::format("cannot be written: a picture of {} x {} "
                                "pixels is no PNG: make it 1 x 1 at least",
                                image.width(), image.height()));
    }
    OutputFile output(file);
    std::vector<std::uint8_t> rgba = row_buffer(image);
    const Writer writer;
    const bool is_whole = libpng_succeeded(writer.png, [&] {
        png_set_write_fn(writer.png, output.stream(), write_bytes,
                         flush_nothing);
        set_effort(writer.png, effort);
        write_header(writer.png, writer.info, image);
        write_rows(writer.png, image, rgba);
        png_write_end(writer.png, nullptr);
    });
    if (!is_whole) {
        throw error(file, fmt::format("cannot be written: {}: make room on the "
                                      "disk or name another file",
                                      writer.complaint));
    }
    output.commit();
}
