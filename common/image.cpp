#include "common/image.hpp"

#include <fmt/format.h>
#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include "common/output_file.hpp"

namespace fs = std::filesystem;

namespace {

std::size_t number_of_pixels(int width, int height) {
    if (width < 0 || height < 0) {
        throw std::invalid_argument(
            fmt::format("a picture cannot have {} x {} pixels", width, height));
    }
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

}  // namespace

Image::Image(int width, int height, bool with_alpha)
    : width_(width),
      height_(height),
      has_alpha_(with_alpha),
      pixels_(number_of_pixels(width, height)),
      alpha_(with_alpha ? pixels_.size() : 0, 255) {}

// ---------------------------------------------------------------- PNG files

namespace {

// libpng takes and gives rows of bytes: a row of pixels is one as it stands.
static_assert(sizeof(Pixel) == 3);

std::runtime_error error(const fs::path& file, std::string_view text) {
    return std::runtime_error(fmt::format("{}: {}", file.string(), text));
}

std::uint8_t* bytes_of(std::span<Pixel> row) {
    return reinterpret_cast<std::uint8_t*>(row.data());
}
const std::uint8_t* bytes_of(std::span<const Pixel> row) {
    return reinterpret_cast<const std::uint8_t*>(row.data());
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
bool made(png_structp png, const Calls& calls) {
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
    const bool has_header = made(reader.png, [&] {
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
    const bool is_converted = made(reader.png, [&] {
        passes = convert_to_8_bit_colour(reader.png, reader.info);
    });
    if (!is_converted) throw damaged(file, input.get(), reader);

    Image image(static_cast<int>(width), static_cast<int>(height),
                png_get_channels(reader.png, reader.info) == 4);
    std::vector<std::uint8_t> rgba = row_buffer(image);
    const bool is_whole = made(reader.png, [&] {
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
    // Run lengths alone: what a search for longer matches would gain after
    // the filter takes more time than it is worth.
    png_set_compression_level(png, 1);
    png_set_compression_strategy(png, Z_RLE);
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
    const bool is_whole = made(writer.png, [&] {
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

// ------------------------------------------------------------------ Scaling
//
// Our own code rather than stb_image_resize: it does rows in parallel, takes
// sizes of 64 bits, gives the same bits with every compiler and is one package
// fewer. The same bits, because every weight is a whole number and so is every
// sum of weighted colours: a double holds those exactly up to 2^53, in whatever
// order a compiler adds them. Only the division at the end rounds.

namespace {

/// What the new pixels along one side are made of: each is the mean of `taps`
/// old ones in a row, with weights that add up to `total`.
struct Axis {
    std::int64_t taps = 0;
    std::int64_t total = 0;
    std::vector<std::int64_t> first;  ///< a new pixel's first old one
    std::vector<double> weights;      ///< `taps` of them for each new pixel
};

/// The weight of an old pixel is how much of it the new one covers, counted
/// such that old pixels are new_size long and new ones old_size.
Axis shrink_axis(std::int64_t old_size, std::int64_t new_size) {
    Axis axis;
    axis.taps = std::min(old_size, old_size / new_size + 2);
    axis.total = old_size;
    for (std::int64_t i = 0; i < new_size; ++i) {
        const std::int64_t start = i * old_size;
        const std::int64_t end = start + old_size;
        const std::int64_t first =
            std::min(start / new_size, old_size - axis.taps);
        axis.first.push_back(first);
        for (std::int64_t k = first; k < first + axis.taps; ++k) {
            const std::int64_t overlap = std::min(end, (k + 1) * new_size) -
                                         std::max(start, k * new_size);
            axis.weights.push_back(std::max(0.0, static_cast<double>(overlap)));
        }
    }
    return axis;
}

/// The weight of an old pixel falls with the way from its centre to the new
/// one's, and is 0 at the next old centre: a way counted as 2 * new_size.
Axis grow_axis(std::int64_t old_size, std::int64_t new_size) {
    const std::int64_t step = 2 * new_size;
    Axis axis;
    axis.taps = std::min<std::int64_t>(old_size, 2);
    axis.total = step;
    for (std::int64_t i = 0; i < new_size; ++i) {
        const std::int64_t centre = std::clamp<std::int64_t>(
            (2 * i + 1) * old_size - new_size, 0, step * (old_size - 1));
        const std::int64_t first =
            std::min(centre / step, old_size - axis.taps);
        axis.first.push_back(first);
        for (std::int64_t k = first; k < first + axis.taps; ++k) {
            axis.weights.push_back(
                static_cast<double>(step - std::abs(centre - k * step)));
        }
    }
    return axis;
}

Axis make_axis(int old_size, int new_size) {
    return new_size < old_size ? shrink_axis(old_size, new_size)
                               : grow_axis(old_size, new_size);
}

/// Row y of the new picture, whose pixels have `channels` bytes each. `sums`
/// is room for a row of the old one: rows are added up first, then columns.
template <int channels>
void scale_row(const std::uint8_t* old_bytes, const Axis& across,
               const Axis& down, std::int64_t y, std::span<double> sums,
               std::uint8_t* result) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (std::int64_t tap = 0; tap < down.taps; ++tap) {
        const double weight = down.weights[y * down.taps + tap];
        const std::uint8_t* row =
            old_bytes + (down.first[y] + tap) * std::ssize(sums);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i] += weight * row[i];
        }
    }
    const auto total = static_cast<double>(across.total * down.total);
    const double* weights = across.weights.data();
    for (const std::int64_t first : across.first) {
        for (int channel = 0; channel < channels; ++channel) {
            double sum = total / 2;  // rounds to nearest
            for (std::int64_t tap = 0; tap < across.taps; ++tap) {
                sum += weights[tap] * sums[(first + tap) * channels + channel];
            }
            *result++ = static_cast<std::uint8_t>(sum / total);
        }
        weights += across.taps;
    }
}

}  // namespace

Image scale_to_width(const Image& image, int width) {
    if (width < 1 || image.pixels().empty()) {
        throw std::invalid_argument(fmt::format(
            "a picture of {} x {} pixels cannot be scaled to a width of {}",
            image.width(), image.height(), width));
    }
    const std::int64_t height = std::max<std::int64_t>(
        1, std::int64_t{image.height()} * width / image.width());
    if (height > std::numeric_limits<int>::max()) {
        throw std::invalid_argument(fmt::format(
            "a width of {} makes the picture {} pixels high", width, height));
    }
    Image scaled(width, static_cast<int>(height), image.has_alpha());
    const Axis across = make_axis(image.width(), scaled.width());
    const Axis down = make_axis(image.height(), scaled.height());
#pragma omp parallel
    {
        std::vector<double> sums(image.row(0).size() * 3);
        const std::span<double> alpha_sums(sums.data(), image.row(0).size());
#pragma omp for
        for (int y = 0; y < scaled.height(); ++y) {
            scale_row<3>(bytes_of(image.pixels()), across, down, y, sums,
                         bytes_of(scaled.row(y)));
            if (!image.has_alpha()) continue;
            scale_row<1>(image.alpha().data(), across, down, y, alpha_sums,
                         scaled.alpha_row(y).data());
        }
    }
    return scaled;
}
