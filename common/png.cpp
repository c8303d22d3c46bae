#include "common/png.hpp"

#include <fmt/core.h>
#include <png.h>
#include <zlib.h>

#include <algorithm>
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

#include "common/machine.hpp"
#include "common/output_file.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

std::runtime_error error(const fs::path& file, std::string_view text) {
    return std::runtime_error(fmt::format("{}: {}", file.string(), text));
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

// libpng's own limit of a million pixels a side would be in our limit's way.
const png_uint_32 any_side = PNG_UINT_31_MAX;

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

/// What libpng has to say goes here, never to stderr. A warning is kept for
/// the case that an error follows: it often names the cause.
void note(png_structp png, std::string_view text) {
    auto& complaint = *static_cast<std::string*>(png_get_error_ptr(png));
    constexpr std::size_t enough = 200;  // a file may have many faults
    if (complaint.size() > enough) return;
    if (!complaint.empty()) complaint += ", ";
    complaint += text.substr(0, enough);
}

[[noreturn]] void give_up(png_structp png, png_const_charp text) {
    note(png, text);
    png_longjmp(png, 1);
}

/// libpng goes on without a chunk that it warns of: not without transparency.
void warn(png_structp png, png_const_charp text) {
    if (std::string_view(text).starts_with("tRNS:")) give_up(png, text);
    note(png, text);
}

/// libpng's two structures, and its complaint if it has one.
struct Libpng {
    using Create = decltype(png_create_read_struct);
    using Destroy = void (*)(png_structpp, png_infopp);

    Libpng(Create* create, Destroy destroy_both)
        : png(create(PNG_LIBPNG_VER_STRING, &complaint, give_up, warn)),
          info(png_create_info_struct(png)),
          destroy(destroy_both) {
        const std::string found = png_get_libpng_ver(nullptr);
        if (png == nullptr && found != PNG_LIBPNG_VER_STRING) {
            throw std::runtime_error(fmt::format(
                "this program was compiled for libpng {} and has found {}: "
                "where two are installed (one by conda?), build again with "
                "CXX=/usr/bin/c++, after `make clean`",
                PNG_LIBPNG_VER_STRING, found));
        }
        if (info == nullptr) throw std::bad_alloc();
    }
    Libpng(const Libpng&) = delete;
    Libpng& operator=(const Libpng&) = delete;
    ~Libpng() { destroy(&png, &info); }

    std::string complaint;
    png_structp png;
    png_infop info;
    Destroy destroy;
};

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
            file,
            fmt::format("cannot be read: {}: {}",
                        std::generic_category().message(error_number),
                        error_number == EACCES ? permission_advice(file, 'r')
                                               : "check the name"));
    }
    return input;
}

constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";

/// What a file is that has these bytes at that place, and what to do with it.
struct Format {
    std::size_t place;
    std::string_view bytes;
    std::string_view name;
    std::string_view advice{};  ///< empty: it is to be converted
};
constexpr std::array<Format, 17> other_formats = {
    {{12, "CgBI", "a PNG of Apple's own kind (CgBI)",
      "Xcode's pngcrush -revert-iphone-optimizations makes a usual one"},
     {0, "\x89PNG\n", "a PNG with its line ends changed",
      "git's core.autocrlf does that, and copying as text: get it again"},
     {0, "\x89PNG\r\r", "a PNG with its line ends changed",
      "git's core.autocrlf does that, and copying as text: get it again"},
     {0, "version https://git-lfs", "git-lfs's pointer to a file",
      "git lfs pull fetches it"},
     {0, "<!", "a web page (HTML)", "download the picture itself"},
     {0, "<html", "a web page (HTML)", "download the picture itself"},
     {0, "\xff\xd8\xff", "a JPEG picture"},
     {0, "GIF8", "a GIF picture"},
     {8, "WEBP", "a WebP picture"},
     {4, "ftypavi", "an AVIF picture"},
     {4, "ftyphe", "a HEIC picture"},
     {4, "ftypmif1", "a HEIC picture"},
     {0, {"II*\0", 4}, "a TIFF picture"},
     {0, {"MM\0*", 4}, "a TIFF picture"},
     {0, "BM", "a BMP picture"},
     {0, "<svg", "an SVG drawing"},
     {0, "<?xml", "an SVG drawing"}}};

/// Throws for a file that does not begin as a PNG file does.
void require_png(const fs::path& file, std::string_view start) {
    if (start.empty()) throw error(file, "is empty: name a PNG file");
    for (const auto& [place, bytes, name, advice] : other_formats) {
        if (start.find(bytes, place) != place) continue;
        const std::string convert =
            fmt::format("make photo FILE={} makes a PNG file of it",
                        shell_word(file.string()));
        throw error(file, fmt::format("is {}: {}", name,
                                      advice.empty() ? convert : advice));
    }
    if (!start.starts_with(signature)) {
        throw error(file, "is not a PNG picture: name a PNG file");
    }
}

/// A file being read: what libpng takes from it, and what it does not.
struct Reader : Libpng {
    explicit Reader(const fs::path& name)
        : Libpng(png_create_read_struct,
                 [](png_structpp png_place, png_infopp info_place) {
                     png_destroy_read_struct(png_place, info_place, nullptr);
                 }),
          file(name),
          input(open_for_reading(name)) {
        opacities.fill(255);
    }

    fs::path file;
    InputFile input;
    std::string start;        ///< the first bytes, for libpng to begin with
    std::size_t taken = 0;    ///< how many of them libpng has
    bool is_at_end = false;   ///< libpng wanted more than there is
    int orientation = 1;      ///< by the chunk eXIf; 1: upright
    bool is_palette = false;  ///< and what goes with its numbers:
    bool has_opacities = false;
    std::array<Pixel, 256> colours = {};
    std::array<std::uint8_t, 256> opacities = {};
};

/// Reads the first bytes, and throws where they are not those of a PNG file.
void read_start(Reader& reader) {
    std::array<char, 512> bytes = {};
    reader.start.assign(bytes.data(), std::fread(bytes.data(), 1, bytes.size(),
                                                 reader.input.get()));
    if (std::ferror(reader.input.get()) != 0) {
        throw error(reader.file,
                    fmt::format("cannot be read: {}: get another copy",
                                std::generic_category().message(errno)));
    }
    require_png(reader.file, reader.start);
    constexpr std::size_t colour_type = 25;
    reader.is_palette = reader.start.find('\x03', colour_type) == colour_type;
    reader.taken = signature.size();
}

/// Gives libpng bytes: the first ones once more, then those that follow.
void read_bytes(png_structp png, png_bytep bytes, std::size_t size) {
    auto& reader = *static_cast<Reader*>(png_get_io_ptr(png));
    const std::size_t known =
        reader.start.copy(reinterpret_cast<char*>(bytes), size, reader.taken);
    reader.taken += known;
    std::FILE* input = reader.input.get();
    if (std::fread(bytes + known, 1, size - known, input) == size - known) {
        return;
    }
    reader.is_at_end = std::feof(input) != 0;
    give_up(png, "read error");
}

/// The orientation that Exif data tell: 1 (upright) to 8 (Exif 2.32, 4.6.4).
int orientation_in(std::span<const std::uint8_t> exif) {
    const bool is_little_endian = !exif.empty() && exif[0] == 'I';
    const auto number_at = [&](std::size_t place, std::size_t bytes) {
        std::size_t number = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            const std::size_t at =
                place + (is_little_endian ? bytes - 1 - i : i);
            number = number << 8U | (at < exif.size() ? exif[at] : 0U);
        }
        return number;
    };
    const std::size_t directory = number_at(4, 4);
    for (std::size_t i = 0; i < number_at(directory, 2); ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        if (number_at(entry, 2) != 0x112) continue;
        return static_cast<int>(number_at(entry + 8, 2));
    }
    return 1;
}

/// Looks at a chunk that libpng leaves to us; it keeps none.
int look_at_chunk(png_structp png, png_unknown_chunkp chunk) {
    auto& reader = *static_cast<Reader*>(png_get_user_chunk_ptr(png));
    const std::string_view type(reinterpret_cast<const char*>(chunk->name), 4);
    const std::span<const std::uint8_t> data(chunk->data, chunk->size);
    if (type == "eXIf") reader.orientation = orientation_in(data);
    if (type == "tRNS") {
        const std::size_t size = std::min(data.size(), reader.opacities.size());
        std::copy_n(data.begin(), size, reader.opacities.begin());
        reader.has_opacities = size > 0;
    }
    return 1;
}

/// libpng drops the opacities of a palette where there are more than colours,
/// or where they come first. So they are left to us, and then libpng is to give
/// each pixel's number in the palette, as its colour.
void make_palette_numbers(Reader& reader) {
    png_colorp palette = nullptr;
    int size = 0;
    png_get_PLTE(reader.png, reader.info, &palette, &size);
    std::array<png_color, 256> numbers = {};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i < static_cast<std::size_t>(size)) {
            reader.colours[i] = {palette[i].red, palette[i].green,
                                 palette[i].blue};
        }
        numbers[i].red = static_cast<png_byte>(i);
    }
    png_set_PLTE(reader.png, reader.info, numbers.data(),
                 1 << png_get_bit_depth(reader.png, reader.info));
}

void set_palette_colours(const Reader& reader, Image& image) {
    for (int y = 0; y < image.height(); ++y) {
        for (std::size_t x = 0; x < image.row(y).size(); ++x) {
            Pixel& pixel = image.row(y)[x];
            image.alpha_row(y)[x] = reader.opacities[pixel.red];
            pixel = reader.colours[pixel.red];
        }
    }
}

/// Reads what comes before the pixels, and keeps what they need of it.
void read_header(Reader& reader) {
    png_structp png = reader.png;
    png_set_read_fn(png, &reader, read_bytes);
    png_set_sig_bytes(png, signature.size());
    png_set_user_limits(png, any_side, any_side);
    png_set_chunk_malloc_max(png, 1U << 20U);
    png_set_option(png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
    png_set_read_user_chunk_fn(png, &reader, look_at_chunk);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    if (reader.is_palette) {
        png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER,
                                    reinterpret_cast<png_const_bytep>("tRNS"),
                                    1);
    }
    png_read_info(png, reader.info);
    if (reader.has_opacities) make_palette_numbers(reader);
}

/// Has libpng turn all that PNG allows into 8-bit RGB, or RGBA.
/// @returns how many times to read the rows: those of an interlaced file come
///     in seven passes, each of which adds pixels to what a row holds already.
int begin_rows(Reader& reader) {
    png_set_expand(reader.png);
    png_set_scale_16(reader.png);
    png_set_gray_to_rgb(reader.png);
    const int passes = png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    return passes;
}

/// Reads the next rows, as many as the picture has.
void read_rows(Reader& reader, Image& rows, bool is_first_pass,
               std::span<std::uint8_t> rgba) {
    png_structp png = reader.png;
    const bool has_alpha = png_get_channels(png, reader.info) == 4;
    for (int y = 0; y < rows.height(); ++y) {
        if (!has_alpha) {
            png_read_row(png, bytes_of(rows.row(y)), nullptr);
            continue;
        }
        if (!is_first_pass) get_rgba(rows, y, rgba);
        png_read_row(png, rgba.data(), nullptr);
        set_rgba(rows, y, rgba);
    }
}

std::runtime_error damaged(const Reader& reader) {
    if (reader.is_at_end) {
        return error(reader.file,
                     "ends too early, it is damaged: get a whole copy");
    }
    return error(reader.file, fmt::format("is damaged ({}): get another copy",
                                          reader.complaint));
}

struct Size {
    int width = 0;
    int height = 0;
    bool has_alpha = false;
    [[nodiscard]] std::int64_t pixels() const {
        return std::int64_t{width} * height;
    }
};

/// The size that the header tells.
Size size_of(const Reader& reader, std::int64_t max_pixels) {
    const int colour_type = png_get_color_type(reader.png, reader.info);
    const Size size = {
        .width = static_cast<int>(png_get_image_width(reader.png, reader.info)),
        .height =
            static_cast<int>(png_get_image_height(reader.png, reader.info)),
        .has_alpha =
            (colour_type & PNG_COLOR_MASK_ALPHA) != 0 || reader.has_opacities ||
            png_get_valid(reader.png, reader.info, PNG_INFO_tRNS) != 0};
    if (size.pixels() > max_pixels) {
        throw error(
            reader.file,
            fmt::format("has {} x {} = {} pixels, more than the limit of {}: "
                        "raise it with --max-pixels",
                        size.width, size.height, size.pixels(), max_pixels));
    }
    return size;
}

void require_memory(const Reader& reader, const Size& size) {
    const std::int64_t bytes = size.pixels() * (size.has_alpha ? 4 : 3);
    const std::int64_t available = available_memory();
    if (available != 0 && bytes > available) {
        throw error(reader.file,
                    fmt::format("needs {} of memory and {} are available: name "
                                "a smaller picture",
                                bytes_text(bytes), bytes_text(available)));
    }
}

/// What a user should know of a picture that could be read.
void tell(const Reader& reader) {
    const std::string& file = reader.file.string();
    if (reader.complaint.find("CRC error") != std::string::npos) {
        warn_once(fmt::format("{}: is damaged ({}), but not in its pixels",
                              file, reader.complaint));
    }
    constexpr std::array<std::string_view, 9> turns = {
        "",           "",           "-flop",       "-rotate 180", "-flip",
        "-transpose", "-rotate 90", "-transverse", "-rotate 270"};
    const auto orientation = static_cast<std::size_t>(reader.orientation);
    if (orientation > 1 && orientation < turns.size()) {
        warn_once(fmt::format(
            "{}: is taken as it is stored, and its eXIf data want it turned: "
            "convert {} {} upright.png does that",
            file, shell_word(file), turns.at(orientation)));
    }
}

}  // namespace

struct PngReader::State {
    explicit State(const fs::path& file) : reader(file) {}

    /// Calls libpng, and throws where that gives up.
    void call(const auto& calls) {
        if (!libpng_succeeded(reader.png, calls)) throw damaged(reader);
    }

    Reader reader;
    Size size;
    int passes = 1;
    int rows_left = 0;
    std::vector<std::uint8_t> rgba;
    Image whole;  ///< of an interlaced file, if it is asked for some rows only
};

PngReader::PngReader(const fs::path& file, std::int64_t max_pixels)
    : state_(std::make_unique<State>(file)) {
    State& state = *state_;
    read_start(state.reader);
    state.call([&] { read_header(state.reader); });
    state.size = size_of(state.reader, max_pixels);
    state.rows_left = state.size.height;
    state.call([&] { state.passes = begin_rows(state.reader); });
}

PngReader::~PngReader() = default;

int PngReader::width() const { return state_->size.width; }
int PngReader::height() const { return state_->size.height; }
bool PngReader::has_alpha() const { return state_->size.has_alpha; }

Image PngReader::read(int rows) {
    State& state = *state_;
    const Size& size = state.size;
    if (state.passes > 1 && rows < size.height) {
        if (state.whole.height() == 0) {
            PngReader all(state.reader.file, size.pixels());
            state.whole = all.read(size.height);
        }
        Image part(size.width, rows, size.has_alpha);
        for (int y = 0; y < rows; ++y) {
            const int from = size.height - state.rows_left + y;
            std::ranges::copy(state.whole.row(from), part.row(y).begin());
            if (!size.has_alpha) continue;
            std::ranges::copy(state.whole.alpha_row(from),
                              part.alpha_row(y).begin());
        }
        state.rows_left -= rows;
        return part;
    }
    if (rows == size.height) require_memory(state.reader, size);
    Image image(size.width, rows, size.has_alpha);
    if (state.rgba.empty()) state.rgba = row_buffer(image);
    state.rows_left -= rows;
    state.call([&] {
        for (int pass = 0; pass < state.passes; ++pass) {
            read_rows(state.reader, image, pass == 0, state.rgba);
        }
        if (state.rows_left == 0) png_read_end(state.reader.png, nullptr);
    });
    if (state.reader.has_opacities) set_palette_colours(state.reader, image);
    if (state.rows_left == 0) tell(state.reader);
    return image;
}

Image read_png(const fs::path& file, std::int64_t max_pixels) {
    PngReader reader(file, max_pixels);
    return reader.read(reader.height());
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

void write_header(png_structp png, png_infop info, const Size& size) {
    png_set_user_limits(png, any_side, any_side);
    png_set_IHDR(png, info, static_cast<png_uint_32>(size.width),
                 static_cast<png_uint_32>(size.height), 8,
                 size.has_alpha ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
}

}  // namespace

void write_png(const Image& image, const fs::path& file, PngEffort effort) {
    const Size size = {image.width(), image.height(), image.has_alpha()};
    if (size.pixels() == 0) {
        throw error(file,
                    fmt::format("cannot be written: a picture of {} x {} "
                                "pixels is no PNG: make it 1 x 1 at least",
                                size.width, size.height));
    }
    std::vector<std::uint8_t> rgba = row_buffer(image);
    OutputFile output(file);
    const Libpng writer(png_create_write_struct, png_destroy_write_struct);
    const bool is_whole = libpng_succeeded(writer.png, [&] {
        png_set_write_fn(writer.png, output.stream(), write_bytes,
                         flush_nothing);
        set_effort(writer.png, effort);
        write_header(writer.png, writer.info, size);
        for (int y = 0; y < size.height; ++y) {
            if (size.has_alpha) get_rgba(image, y, rgba);
            png_write_row(writer.png, size.has_alpha ? rgba.data()
                                                     : bytes_of(image.row(y)));
        }
        png_write_end(writer.png, nullptr);
    });
    if (!is_whole) {
        throw error(file, fmt::format("cannot be written: {}: make room on the "
                                      "disk or name another file",
                                      writer.complaint));
    }
    output.commit();
}
