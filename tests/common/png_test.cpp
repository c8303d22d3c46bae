#include "common/png.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <png.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "common/machine.hpp"
#include "common/openmp.hpp"
#include "tests/support/errors.hpp"
#include "tests/support/files.hpp"
#include "tests/support/memory.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace fs = std::filesystem;
using testing::IsSubstring;

namespace {

/// What reading the file throws, without the file's name before it.
std::string complaint_about(const fs::path& file,
                            std::int64_t max_pixels = default_max_pixels) {
    if (fs::is_regular_file(file)) add_to_corpus(read_text(file));
    const std::string message =
        message_of([&] { (void)read_png(file, max_pixels); });
    const std::string name = file.string() + ": ";
    return message.starts_with(name) ? message.substr(name.size()) : message;
}

// ---------------------------------------------------- PNG files of any kind

/// A kind of PNG file, as the PNG specification (chapter 11.2.2) has it.
struct Kind {
    int colour_type = PNG_COLOR_TYPE_RGB;
    int bit_depth = 8;
    bool is_interlaced = false;
    bool has_transparent_colour = false;  ///< a tRNS chunk

    [[nodiscard]] int channels() const {
        switch (colour_type) {
            case PNG_COLOR_TYPE_GRAY_ALPHA:
                return 2;
            case PNG_COLOR_TYPE_RGB:
                return 3;
            case PNG_COLOR_TYPE_RGB_ALPHA:
                return 4;
            default:
                return 1;
        }
    }
    [[nodiscard]] int largest() const { return (1 << bit_depth) - 1; }
};

const int test_width = 13;  // odd, and large enough for all seven passes
const int test_height = 11;

/// A sample as it stands in the file: any value that the bit depth allows.
int sample(const Kind& kind, int x, int y, int channel) {
    const int hash = (x * 7919 + y * 104'729 + channel * 1'299'709) >> 3;
    return hash & kind.largest();
}

/// The rows of a file, samples packed as the specification says: the leftmost
/// in the highest bits, two bytes with the higher one first.
std::vector<std::vector<png_byte>> packed_rows(const Kind& kind) {
    std::vector<std::vector<png_byte>> rows(test_height);
    for (int y = 0; y < test_height; ++y) {
        std::vector<int> bits;
        for (int i = 0; i < test_width * kind.channels(); ++i) {
            const int value =
                sample(kind, i / kind.channels(), y, i % kind.channels());
            for (int bit = kind.bit_depth - 1; bit >= 0; --bit) {
                bits.push_back((value >> bit) & 1);
            }
        }
        rows[y].resize((bits.size() + 7) / 8);
        for (std::size_t i = 0; i < bits.size(); ++i) {
            rows[y][i / 8] |= static_cast<png_byte>(bits[i] << (7 - i % 8));
        }
    }
    return rows;
}

/// Entry i of the palette, and its opacity where the file has a tRNS chunk:
/// that may be shorter than the palette, what lacks is opaque.
Pixel palette_colour(int i) {
    const auto byte = [](int value) { return static_cast<png_byte>(value); };
    return {byte(i * 3), byte(255 - i), byte(i * 5 + 1)};
}
std::uint8_t palette_alpha(int i) {
    return static_cast<std::uint8_t>(i < 2 ? 100 * i : 255);
}

void set_palette(png_structp png, png_infop info, const Kind& kind) {
    std::vector<png_color> palette;
    for (int i = 0; i <= kind.largest(); ++i) {
        const Pixel colour = palette_colour(i);
        palette.push_back({colour.red, colour.green, colour.blue});
    }
    png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
}

/// The samples of pixel (0, 0) are the transparent colour.
void set_transparency(png_structp png, png_infop info, const Kind& kind) {
    std::vector<png_byte> alpha = {palette_alpha(0), palette_alpha(1)};
    const auto value = [&](int channel) {
        return static_cast<png_uint_16>(sample(kind, 0, 0, channel));
    };
    png_color_16 colour = {0, value(0), value(1), value(2), value(0)};
    png_set_tRNS(png, info, alpha.data(), static_cast<int>(alpha.size()),
                 &colour);
}

/// Writes such a file with libpng, which ends the test program on an error.
void write_kind(const Kind& kind, const fs::path& file) {
    std::vector<std::vector<png_byte>> rows = packed_rows(kind);
    std::vector<png_bytep> pointers;
    pointers.reserve(rows.size());
    for (std::vector<png_byte>& row : rows) pointers.push_back(row.data());
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr,
                                              nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    std::FILE* output = std::fopen(file.c_str(), "wb");
    png_init_io(png, output);
    png_set_IHDR(png, info, test_width, test_height, kind.bit_depth,
                 kind.colour_type,
                 kind.is_interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_gAMA(png, info, 1.0);  // not to be heeded
    if (kind.colour_type == PNG_COLOR_TYPE_PALETTE) {
        set_palette(png, info, kind);
    }
    if (kind.has_transparent_colour) set_transparency(png, info, kind);
    png_write_info(png, info);
    png_write_image(png, pointers.data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    std::fclose(output);
}

/// A sample in 8 bits: the share of the largest value, of 255 and rounded.
std::uint8_t in_8_bits(const Kind& kind, int value) {
    return static_cast<std::uint8_t>((value * 255 + kind.largest() / 2) /
                                     kind.largest());
}

/// What pixel (x, y) of such a file should be in memory.
Pixel expected_pixel(const Kind& kind, int x, int y) {
    const auto byte = [&](int channel) {
        return in_8_bits(kind, sample(kind, x, y, channel));
    };
    if (kind.colour_type == PNG_COLOR_TYPE_PALETTE) {
        return palette_colour(sample(kind, x, y, 0));
    }
    if (kind.channels() < 3) return {byte(0), byte(0), byte(0)};
    return {byte(0), byte(1), byte(2)};
}

std::uint8_t expected_alpha(const Kind& kind, int x, int y) {
    if (kind.colour_type == PNG_COLOR_TYPE_PALETTE) {
        return palette_alpha(sample(kind, x, y, 0));
    }
    if (!kind.has_transparent_colour) {
        const int last = kind.channels() - 1;
        return in_8_bits(kind, sample(kind, x, y, last));
    }
    for (int channel = 0; channel < kind.channels(); ++channel) {
        if (sample(kind, x, y, channel) != sample(kind, 0, 0, channel)) {
            return 255;
        }
    }
    return 0;
}

Image expected_image(const Kind& kind) {
    const bool has_alpha = (kind.colour_type & PNG_COLOR_MASK_ALPHA) != 0 ||
                           kind.has_transparent_colour;
    Image image(test_width, test_height, has_alpha);
    for (int y = 0; y < test_height; ++y) {
        for (int x = 0; x < test_width; ++x) {
            image.row(y)[x] = expected_pixel(kind, x, y);
            if (has_alpha) image.alpha_row(y)[x] = expected_alpha(kind, x, y);
        }
    }
    return image;
}

/// The picture as PngReader reads it, so many rows at a time.
Image read_in_parts(const std::filesystem::path& file, int rows_at_a_time) {
    PngReader reader(file);
    Image image(reader.width(), reader.height(), reader.has_alpha());
    for (int first = 0; first < image.height(); first += rows_at_a_time) {
        const Image part =
            reader.read(std::min(rows_at_a_time, image.height() - first));
        for (int y = 0; y < part.height(); ++y) {
            std::ranges::copy(part.row(y), image.row(first + y).begin());
            if (!part.has_alpha()) continue;
            std::ranges::copy(part.alpha_row(y),
                              image.alpha_row(first + y).begin());
        }
    }
    return image;
}

/// Writes and reads all depths of a colour type, interlaced and not, with a
/// transparent colour and without.
void expect_read(int colour_type, const std::vector<int>& bit_depths) {
    const TemporaryFolder folder;
    const bool has_alpha = (colour_type & PNG_COLOR_MASK_ALPHA) != 0;
    for (const int bit_depth : bit_depths) {
        for (const bool is_interlaced : {false, true}) {
            for (const bool is_transparent : {false, true}) {
                if (has_alpha && is_transparent) continue;  // not allowed
                SCOPED_TRACE(fmt::format(
                    "{} bits, interlaced: {}, transparent colour: {}",
                    bit_depth, is_interlaced, is_transparent));
                const Kind kind = {colour_type, bit_depth, is_interlaced,
                                   is_transparent};
                write_kind(kind, folder / "kind.png");
                add_to_corpus(read_text(folder / "kind.png"));
                EXPECT_EQ(difference(read_png(folder / "kind.png"),
                                     expected_image(kind)),
                          "");
                for (const int rows : {1, 2, 1000}) {
                    EXPECT_EQ(
                        difference(read_in_parts(folder / "kind.png", rows),
                                   expected_image(kind)),
                        "")
                        << rows << " rows at a time";
                }
            }
        }
    }
}

// ------------------------------------------------------------ Damaged files

const std::size_t start_of_header = 12;  // the chunk's type, which its CRC
const std::size_t end_of_header = 29;    // covers as well

/// The bytes of a small picture's file.
std::string small_file() {
    const TemporaryFolder folder;
    write_kind({PNG_COLOR_TYPE_RGB_ALPHA, 8}, folder / "small.png");
    return read_text(folder / "small.png");
}

/// The bytes of a number, highest first, as PNG has them.
std::string big_endian(std::uint32_t value) {
    std::string bytes;
    for (const int shift : {24, 16, 8, 0}) {
        bytes += static_cast<char>(value >> shift & 0xFFU);
    }
    return bytes;
}

std::uint32_t crc_of(const std::string& bytes) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()),
              static_cast<uInt>(bytes.size())));
}

/// A chunk; `wrong` is added to its CRC.
std::string chunk(const std::string& type, const std::string& data,
                  std::uint32_t wrong = 0) {
    return big_endian(static_cast<std::uint32_t>(data.size())) + type + data +
           big_endian(crc_of(type + data) + wrong);
}

std::string header_chunk(std::uint32_t width, std::uint32_t height, int bits,
                         int colour_type) {
    return chunk("IHDR", big_endian(width) + big_endian(height) +
                             static_cast<char>(bits) +
                             static_cast<char>(colour_type) +
                             std::string(3, '\0'));
}

std::string deflated(const std::string& bytes) {
    std::string result(compressBound(bytes.size()), '\0');
    uLongf size = result.size();
    compress2(reinterpret_cast<Bytef*>(result.data()), &size,
              reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
    return result.substr(0, size);
}

const std::string signature = "\x89PNG\r\n\x1a\n";

/// A file of 8 x 8 RGB pixels with further chunks before them.
std::string file_with(const std::string& chunks) {
    std::string rows;
    for (int y = 0; y < 8; ++y) rows += '\0' + std::string(24, 'a');
    return signature + header_chunk(8, 8, 8, PNG_COLOR_TYPE_RGB) + chunks +
           chunk("IDAT", deflated(rows)) + chunk("IEND", "");
}

/// A row of four pixels in a palette of (10, 20, 30) and (40, 50, 60): entries
/// 0, 1, 0, 1. The two chunks come in the order in which they are given.
std::string palette_file(const std::string& chunks) {
    return signature + header_chunk(4, 1, 1, PNG_COLOR_TYPE_PALETTE) + chunks +
           chunk("IDAT", deflated(std::string("\0\x50", 2))) +
           chunk("IEND", "");
}
const std::string palette_chunk = chunk("PLTE", "\x0a\x14\x1e\x28\x32\x3c");

/// Kilobytes that reading a file takes.
long peak_of_reading(const fs::path& file) {
    return peak_of([&] { (void)read_png(file); });
}

/// What reading the file says on stderr.
std::string warning_about(const fs::path& file) {
    add_to_corpus(read_text(file));
    testing::internal::CaptureStderr();
    (void)read_png(file);
    return testing::internal::GetCapturedStderr();
}

/// The file with a header that claims another size, and has the right CRC.
std::string claim_size(std::string file, std::uint32_t width,
                       std::uint32_t height) {
    file.replace(start_of_header + 4, 8,
                 big_endian(width) + big_endian(height));
    const std::string header =
        file.substr(start_of_header, end_of_header - start_of_header);
    return file.replace(end_of_header, 4, big_endian(crc_of(header)));
}

}  // namespace

TEST(ReadPngTest, GreyPicturesOfEveryDepth) {
    expect_read(PNG_COLOR_TYPE_GRAY, {1, 2, 4, 8, 16});
}

TEST(ReadPngTest, GreyPicturesWithAlphaOfEveryDepth) {
    expect_read(PNG_COLOR_TYPE_GRAY_ALPHA, {8, 16});
}

TEST(ReadPngTest, PalettesOfEveryDepth) {
    expect_read(PNG_COLOR_TYPE_PALETTE, {1, 2, 4, 8});
}

TEST(ReadPngTest, ColourPicturesOfEveryDepth) {
    expect_read(PNG_COLOR_TYPE_RGB, {8, 16});
}

TEST(ReadPngTest, ColourPicturesWithAlphaOfEveryDepth) {
    expect_read(PNG_COLOR_TYPE_RGB_ALPHA, {8, 16});
}

TEST(ReadPngTest, WhatFollowsTheEndOfAPngIsNotRead) {
    const TemporaryFolder folder;
    write_text(folder / "x.png", small_file() + "and more");
    EXPECT_EQ(read_png(folder / "x.png").width(), test_width);
}

TEST(ReadPngTest, AMissingFileIsNamed) {
    const TemporaryFolder folder;
    const fs::path file = folder / "none.png";
    EXPECT_EQ(message_of([&] { (void)read_png(file); }),
              file.string() +
                  ": cannot be read: No such file or directory: "
                  "check the name");
}

TEST(ReadPngTest, AFolderIsNoPicture) {
    const TemporaryFolder folder;
    EXPECT_EQ(complaint_about(folder.path()), "is a folder: name a PNG file");
}

TEST(ReadPngDeathTest, AnUnreadableFileIsSaidToBeOneAndWhoCanChangeThat) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    fs::create_directory(folder / "locked");
    const fs::path file = folder / "x.png";
    write_text(file, small_file());
    write_text(folder / "locked/y.png", small_file());
    fs::permissions(file, fs::perms::none);
    fs::permissions(folder / "locked", fs::perms::owner_read);
    const auto expect = [](const fs::path& read, const std::string& advice) {
        EXPECT_EXIT(try_as_nobody([&] { (void)read_png(read); }),
                    testing::ExitedWithCode(0),
                    "png: cannot be read: Permission denied: " + advice);
    };
    if (geteuid() == 0) {  // who reads is nobody then, and the files are root's
        expect(file, "ask the owner of .*x.png");
        expect(folder / "locked/y.png", "ask the owner of .*locked\n");
        const uid_t nobody = 65534;
        ASSERT_EQ(chown(file.c_str(), nobody, nobody), 0);
        ASSERT_EQ(chown((folder / "locked").c_str(), nobody, nobody), 0);
    }
    expect(file, "allow it with chmod u.r '.*x.png'");
    expect(folder / "locked/y.png", "allow it with chmod u.x '.*locked'");
    fs::permissions(folder / "locked", fs::perms::all);
}

TEST(ReadPngTest, AnEmptyFileIsSaidToBeEmpty) {
    const TemporaryFolder folder;
    write_text(folder / "x.png", "");
    EXPECT_EQ(complaint_about(folder / "x.png"), "is empty: name a PNG file");
}

TEST(ReadPngTest, ATextIsNoPicture) {
    const TemporaryFolder folder;
    for (const char* text : {"x", "Once upon a time there was a pixel."}) {
        write_text(folder / "x.png", text);
        EXPECT_EQ(complaint_about(folder / "x.png"),
                  "is not a PNG picture: name a PNG file");
    }
}

TEST(ReadPngTest, OtherFormatsAreSaidToBeWhatTheyAre) {
    const TemporaryFolder folder;
    const fs::path file = folder / "x.png";
    const auto expect = [&](const std::string& bytes, const std::string& text) {
        write_text(file, bytes);
        EXPECT_EQ(complaint_about(file), text);
    };
    const auto expect_converter = [&](const std::string& bytes,
                                      const std::string& name) {
        expect(bytes, "is " + name + ": make photo FILE='" + file.string() +
                          "' makes a PNG file of it");
    };
    expect_converter("\xff\xd8\xff\xe0 and so on", "a JPEG picture");
    expect_converter("GIF89a...", "a GIF picture");
    expect_converter("RIFFxxxxWEBPVP8 ", "a WebP picture");
    expect_converter(std::string("\0\0\0\x1c", 4) + "ftypavif",
                     "an AVIF picture");
    expect_converter(std::string("\0\0\0\x18", 4) + "ftypheic",
                     "a HEIC picture");
    expect_converter(std::string("\0\0\0\x18", 4) + "ftypmif1",
                     "a HEIC picture");
    expect_converter(std::string("II*\0\x08", 5), "a TIFF picture");
    expect_converter(std::string("MM\0*\0", 5), "a TIFF picture");
    expect_converter("BM6", "a BMP picture");
    expect_converter("<svg width='3'/>", "an SVG drawing");
    expect_converter("<?xml version='1.0'?><svg/>", "an SVG drawing");
    for (const char* page : {"<!DOCTYPE html><html>", "<html><body>"}) {
        expect(page, "is a web page (HTML): download the picture itself");
    }
    expect("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n",
           "is git-lfs's pointer to a file: git lfs pull fetches it");
    for (const char* start : {"\x89PNG\n\x1a\n", "\x89PNG\r\r\n\x1a\r\n"}) {
        expect(start + std::string(100, '\0'),
               "is a PNG with its line ends changed: git's core.autocrlf does "
               "that, and copying as text: get it again");
    }
    expect(signature + chunk("CgBI", std::string("\x50\0\x20\x06", 4)) +
               header_chunk(1, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA),
           "is a PNG of Apple's own kind (CgBI): Xcode's pngcrush "
           "-revert-iphone-optimizations makes a usual one");
}

TEST(ReadPngTest, AFileCutAtAnyPointIsDamaged) {
    const TemporaryFolder folder;
    const std::string file = small_file();
    for (std::size_t size = 8; size < file.size(); ++size) {
        write_text(folder / "x.png", file.substr(0, size));
        EXPECT_EQ(complaint_about(folder / "x.png"),
                  "ends too early, it is damaged: get a whole copy")
            << "after " << size << " bytes";
    }
}

TEST(ReadPngTest, AFileWithAnyByteWrongIsDamagedOrTheSamePicture) {
    const TemporaryFolder folder;
    const std::string file = small_file();
    write_text(folder / "x.png", file);
    const Image whole = read_png(folder / "x.png");
    // The chunk gAMA, behind its type: no pixel needs it.
    const std::size_t gamma = file.find("gAMA") + 4;
    // Later versions of libpng do not look at the checksum of the last chunk.
    const std::size_t last_checksum = file.size() - 4;
    testing::internal::CaptureStderr();
    for (std::size_t i = 0; i < file.size(); ++i) {
        std::string damaged = file;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        write_text(folder / "x.png", damaged);
        try {
            EXPECT_EQ(difference(read_png(folder / "x.png"), whole), "");
            // Of gAMA's type, some bytes as well.
            EXPECT_TRUE((i >= gamma - 4 && i < gamma + 8) || i >= last_checksum)
                << "byte " << i;
        } catch (const std::runtime_error&) {
            EXPECT_FALSE(i >= gamma && i < gamma + 8) << "byte " << i;
        }
    }
    testing::internal::GetCapturedStderr();
}

TEST(ReadPngTest, DamageInAChunkThatNoPixelNeedsIsOnlyWarnedOfAndOnce) {
    const TemporaryFolder folder;
    write_text(folder / "whole.png", file_with(""));
    const Image whole = read_png(folder / "whole.png");
    for (const char* type : {"tEXt", "iTXt", "zTXt", "iCCP", "gAMA", "prVt"}) {
        const fs::path file = folder / (type + std::string(".png"));
        write_text(file, file_with(chunk(type, std::string("abc\0de", 6), 1)));
        EXPECT_EQ(warning_about(file),
                  fmt::format("warning: {}: is damaged ({}: CRC error), but "
                              "not in its pixels\n",
                              file.string(), type));
        EXPECT_EQ(warning_about(file), "");
        EXPECT_EQ(difference(read_png(file), whole), "");
    }
}

TEST(ReadPngTest, ManyDamagedChunksMakeAShortWarning) {
    const TemporaryFolder folder;
    std::string chunks;
    for (int i = 0; i < 1000; ++i) chunks += chunk("tEXt", "x", 1);
    write_text(folder / "x.png", file_with(chunks));
    EXPECT_LT(warning_about(folder / "x.png").size(), 1000U);
}

TEST(ReadPngTest, DamageInTransparencyIsDamage) {
    const TemporaryFolder folder;
    write_text(folder / "x.png",
               palette_file(palette_chunk + chunk("tRNS", "\x64\xc8", 1)));
    EXPECT_EQ(complaint_about(folder / "x.png"),
              "is damaged (tRNS: CRC error): get another copy");
    for (const char* data : {"123456", "12345"}) {  // CRC wrong, and too short
        const std::uint32_t wrong = std::string(data).size() == 6 ? 1 : 0;
        write_text(folder / "x.png", file_with(chunk("tRNS", data, wrong)));
        EXPECT_PRED_FORMAT2(IsSubstring, "is damaged (tRNS: ",
                            complaint_about(folder / "x.png"));
    }
}

TEST(ReadPngTest, OpacitiesCountWhereverTheyComeAndHoweverManyThereAre) {
    const TemporaryFolder folder;
    Image expected(4, 1, true);
    for (int x = 0; x < 4; ++x) {
        expected.row(0)[x] = x % 2 == 0 ? Pixel{10, 20, 30} : Pixel{40, 50, 60};
    }
    const auto expect = [&](const std::string& chunks, std::uint8_t second) {
        for (int x = 0; x < 4; ++x) {
            expected.alpha_row(0)[x] = x % 2 == 0 ? 100 : second;
        }
        write_text(folder / "x.png", palette_file(chunks));
        EXPECT_EQ(difference(read_png(folder / "x.png"), expected), "");
    };
    expect(palette_chunk + chunk("tRNS", "\x64"), 255);
    expect(palette_chunk + chunk("tRNS", "\x64\xc8"), 200);
    expect(palette_chunk + chunk("tRNS", "\x64\xc8\x07\x08"), 200);
    expect(palette_chunk + chunk("tRNS", "\x64\xc8" + std::string(300, 'x')),
           200);
    expect(chunk("tRNS", "\x64\xc8\x07") + palette_chunk, 200);
}

TEST(ReadPngTest, AZlibHeaderThatClaimsTooSmallAWindowIsOverlooked) {
    // Rows of random bytes that come again after 1,500: further back than the
    // window of 256 bytes that the header claims.
    const TemporaryFolder folder;
    std::string rows;
    for (int y = 0; y < 4; ++y) {
        rows += '\0';
        std::uint64_t state = 1;
        for (int i = 0; i < 1500; ++i) {
            state = state * 48'271 % 2'147'483'647;
            rows += static_cast<char>(state >> 8U);
        }
    }
    std::string data = deflated(rows);
    const auto write = [&](const char* name) {
        write_text(folder / name,
                   signature + header_chunk(500, 4, 8, PNG_COLOR_TYPE_RGB) +
                       chunk("IDAT", data) + chunk("IEND", ""));
    };
    write("right.png");
    data[0] = '\x08';  // deflate, a window of 2^8 bytes
    data[1] = '\x1d';  // makes the two a multiple of 31
    write("small.png");
    EXPECT_TRUE(read_png(folder / "small.png") ==
                read_png(folder / "right.png"));
}

TEST(ReadPngTest, NoFileTakesMoreMemoryThanItsPixels) {
    if (!can_measure_memory()) GTEST_SKIP() << "it cannot be measured";
    const TemporaryFolder folder;
    const long most = 8'000;  // kB, beside the pixels and a row
    for (const char* type : {"tEXt", "zTXt", "iTXt", "sPLT", "pCAL", "sCAL",
                             "iCCP", "eXIf", "prVt", "tRNS"}) {
        write_text(folder / "x.png",
                   signature + header_chunk(8, 8, 8, PNG_COLOR_TYPE_RGB) +
                       big_endian((1U << 31U) - 20) + type + "abc");
        const long peak = peak_of_reading(folder / "x.png");
        EXPECT_GE(peak, 0) << type;
        EXPECT_LE(peak, most) << type;
    }
    const std::string text = deflated(std::string(7'900'000, 'a'));
    std::string texts;
    for (int i = 0; i < 120; ++i) {
        texts += chunk("zTXt", std::string("key\0\0", 5) + text);
    }
    write_text(folder / "x.png", file_with(texts));
    EXPECT_LE(peak_of_reading(folder / "x.png"), most);
    // Large and small chunks that nobody needs, and many that we look at.
    std::string many = chunk("prVt", std::string(30'000'000, 'x'));
    for (int i = 0; i < 20; ++i) {
        many += chunk("eXIf", std::string(900'000, 'x'));
    }
    write_text(folder / "x.png", file_with(many));
    EXPECT_LE(peak_of_reading(folder / "x.png"), most);
    write_png(Image(3000, 2000), folder / "x.png");
    const long peak = peak_of_reading(folder / "x.png");
    EXPECT_LE(peak, 3000 * 2000 * 3 / 1000 + 3000 * 3 / 1000 + most);
}

TEST(ReadPngTest, APictureThatNeedsMoreMemoryThanThereIsIsRefused) {
    if (available_memory() == 0) GTEST_SKIP() << "the system does not tell";
    const TemporaryFolder folder;
    write_text(folder / "x.png", claim_size(small_file(), 2'000'000, 500'000));
    const std::string complaint = complaint_about(
        folder / "x.png", std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(complaint.find("needs 4000.0 GB of memory and "), 0U);
    EXPECT_PRED_FORMAT2(IsSubstring, "available: name a smaller picture",
                        complaint);
}

TEST(ReadPngTest, APictureThatIsToBeTurnedIsSaidToBeOnce) {
    const TemporaryFolder folder;
    // Exif data (TIFF 6.0): byte order, 42, the directory's place; an entry
    // before the orientation (0x112: a short, one of it, 6).
    const std::string big =
        std::string("MM\0*\0\0\0\x08\0\x02", 10) +
        std::string("\x01\x0f\0\x03\0\0\0\x01\0\x09\0\0", 12) +
        std::string("\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", 12);
    const std::string little =
        std::string("II*\0\x08\0\0\0\x01\0", 10) +
        std::string("\x12\x01\x03\0\x01\0\0\0\x08\0\0\0", 12);
    const auto expect = [&](const std::string& name, const std::string& exif,
                            const std::string& warning) {
        write_text(folder / name, file_with(chunk("eXIf", exif)));
        EXPECT_EQ(warning_about(folder / name), warning) << name;
        EXPECT_EQ(warning_about(folder / name), "") << name;
        EXPECT_EQ(read_png(folder / name).width(), 8);
    };
    const auto turned = [&](const std::string& name, const char* how) {
        const std::string file = folder / name;
        return fmt::format(
            "warning: {}: is taken as it is stored, and its eXIf data want it "
            "turned: convert '{}' {} upright.png does that\n",
            file, file, how);
    };
    expect("big.png", big, turned("big.png", "-rotate 90"));
    expect("little.png", little, turned("little.png", "-rotate 270"));
    // Upright, unknown, cut off, none.
    expect("1.png", std::string(big).replace(31, 1, "\x01"), "");
    expect("9.png", std::string(big).replace(31, 1, "\x09"), "");
    for (std::size_t size = 0; size < 31; ++size) {
        expect(fmt::format("cut{}.png", size), big.substr(0, size), "");
    }
    expect("endless.png", "MM\0*\xff\xff\xff\xff\xff\xff\xff\xff", "");
}

TEST(ReadPngTest, AWrongChecksumIsDamage) {
    const TemporaryFolder folder;
    std::string file = small_file();
    file[end_of_header] = static_cast<char>(file[end_of_header] ^ 1);
    write_text(folder / "x.png", file);
    EXPECT_EQ(complaint_about(folder / "x.png"),
              "is damaged (IHDR: CRC error): get another copy");
}

TEST(ReadPngTest, LibpngSaysNothingByItself) {
    const TemporaryFolder folder;
    std::string file = claim_size(small_file(), 0, 1);
    write_text(folder / "x.png", file);
    testing::internal::CaptureStderr();
    EXPECT_THROW((void)read_png(folder / "x.png"), std::runtime_error);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(ReadPngTest, ASideOfZeroIsDamage) {
    const TemporaryFolder folder;
    write_text(folder / "x.png", claim_size(small_file(), 0, 7));
    EXPECT_PRED_FORMAT2(IsSubstring, "Image width is zero",
                        complaint_about(folder / "x.png"));
    write_text(folder / "x.png", claim_size(small_file(), 7, 0));
    EXPECT_PRED_FORMAT2(IsSubstring, "Image height is zero",
                        complaint_about(folder / "x.png"));
}

TEST(ReadPngTest, AHeaderThatClaimsTooManyPixelsIsRefused) {
    const TemporaryFolder folder;
    write_text(folder / "x.png", claim_size(small_file(), 60'000, 60'000));
    EXPECT_EQ(complaint_about(folder / "x.png"),
              "has 60000 x 60000 = 3600000000 pixels, more than the limit of "
              "268435456: raise it with --max-pixels");
    write_text(folder / "x.png",
               claim_size(small_file(), 0x7FFFFFFF, 0x7FFFFFFF));
    EXPECT_PRED_FORMAT2(IsSubstring, "= 4611686014132420609 pixels",
                        complaint_about(folder / "x.png"));
}

TEST(ReadPngTest, TheLimitIsTheLastNumberAllowed) {
    const TemporaryFolder folder;
    write_text(folder / "x.png", small_file());
    const int pixels = test_width * test_height;
    EXPECT_EQ(read_png(folder / "x.png", pixels).width(), test_width);
    EXPECT_PRED_FORMAT2(IsSubstring, "more than the limit of 142",
                        complaint_about(folder / "x.png", pixels - 1));
}

// ---------------------------------------------------------------- Write PNG

TEST(WritePngTest, WhatIsWrittenIsReadAgain) {
    const TemporaryFolder folder;
    for (const PngEffort effort : {PngEffort::fast, PngEffort::small}) {
        for (const bool with_alpha : {false, true}) {
            for (const auto& [width, height] : picture_sizes) {
                if (width == 0) continue;
                const Image image = speckled_picture(width, height, with_alpha);
                write_png(image, folder / "x.png", effort);
                EXPECT_EQ(difference(read_png(folder / "x.png"), image), "");
            }
        }
    }
}

TEST(WritePngTest, LibpngsSimpleReaderSeesTheSamePicture) {
    const TemporaryFolder folder;
    const Image written = speckled_picture(31, 17, true);
    write_png(written, folder / "x.png");
    png_image reader = {};
    reader.version = PNG_IMAGE_VERSION;
    const std::string name = folder / "x.png";
    ASSERT_NE(png_image_begin_read_from_file(&reader, name.c_str()), 0);
    EXPECT_EQ(reader.format, static_cast<unsigned>(PNG_FORMAT_RGBA));
    Image decoded(static_cast<int>(reader.width),
                  static_cast<int>(reader.height), true);
    std::vector<png_byte> rgba(PNG_IMAGE_SIZE(reader));
    ASSERT_NE(png_image_finish_read(&reader, nullptr, rgba.data(), 0, nullptr),
              0);
    auto byte = rgba.begin();
    for (int y = 0; y < decoded.height(); ++y) {
        for (int x = 0; x < decoded.width(); ++x) {
            decoded.row(y)[x] = {*byte++, *byte++, *byte++};
            decoded.alpha_row(y)[x] = *byte++;
        }
    }
    EXPECT_EQ(difference(decoded, written), "");
}

TEST(WritePngTest, NothingIsSaidAboutGamma) {
    const TemporaryFolder folder;
    write_png(speckled_picture(7, 5), folder / "x.png");
    EXPECT_EQ(read_text(folder / "x.png").find("gAMA"), std::string::npos);
}

TEST(WritePngTest, MoreEffortMakesSmallerFiles) {
    const TemporaryFolder folder;
    Image image(200, 100);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            image.row(y)[x].green = static_cast<std::uint8_t>(x * y % 50);
        }
    }
    write_png(image, folder / "fast.png");
    write_png(image, folder / "small.png", PngEffort::small);
    EXPECT_LT(fs::file_size(folder / "small.png"),
              fs::file_size(folder / "fast.png"));
}

TEST(WritePngTest, APictureMayBeMoreThanAMillionPixelsWide) {
    const TemporaryFolder folder;
    const Image image = speckled_picture(1'000'001, 1);
    write_png(image, folder / "x.png");
    EXPECT_TRUE(read_png(folder / "x.png") == image);
}

TEST(WritePngTest, APictureWithoutPixelsIsRefused) {
    const TemporaryFolder folder;
    const fs::path file = folder / "x.png";
    EXPECT_EQ(message_of([&] { write_png(Image(0, 5), file); }),
              file.string() +
                  ": cannot be written: a picture of 0 x 5 pixels is no PNG: "
                  "make it 1 x 1 at least");
    EXPECT_FALSE(fs::exists(file));
}

TEST(WritePngTest, AMissingFolderIsSaidToBeMissing) {
    const TemporaryFolder folder;
    EXPECT_PRED_FORMAT2(
        IsSubstring, "none/x.png: cannot be written: No such file or directory",
        message_of([&] { write_png(Image(1, 1), folder / "none/x.png"); }));
}

TEST(WritePngTest, AFullDiskIsAnError) {
    if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
    for (const int size : {1, 500}) {  // less than a buffer, and more
        const Image image = speckled_picture(size, size);
        EXPECT_PRED_FORMAT2(
            IsSubstring,
            "/dev/full: cannot be written: No space left on device: make room",
            message_of([&] { write_png(image, "/dev/full"); }));
    }
}

TEST(WritePngTest, SeveralThreadsMayWriteAtOnce) {
    const TemporaryFolder folder;
    const Image image = speckled_picture(101, 67, true);
#pragma omp parallel for num_threads(4) schedule(dynamic)
    for (int i = 0; i < 20; ++i) {
        write_png(image, folder / std::to_string(i));
    }
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(difference(read_png(folder / std::to_string(i)), image), "");
    }
}
