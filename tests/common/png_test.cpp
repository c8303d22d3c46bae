#include "common/png.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/openmp.hpp"
#include "tests/support/errors.hpp"
#include "tests/support/files.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace fs = std::filesystem;
using testing::IsSubstring;

namespace {

/// What reading the file throws, without the file's name before it.
std::string complaint_about(const fs::path& file,
                            std::int64_t max_pixels = default_max_pixels) {
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
                EXPECT_EQ(difference(read_png(folder / "kind.png"),
                                     expected_image(kind)),
                          "");
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

/// The file with a header that claims another size, and has the right CRC.
std::string claim_size(std::string file, std::uint32_t width,
                       std::uint32_t height) {
    file.replace(start_of_header + 4, 8,
                 big_endian(width) + big_endian(height));
    const std::string header =
        file.substr(start_of_header, end_of_header - start_of_header);
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(header.data()),
                           static_cast<uInt>(header.size()));
    return file.replace(end_of_header, 4,
                        big_endian(static_cast<std::uint32_t>(crc)));
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

TEST(ReadPngDeathTest, AnUnreadableFileIsSaidToBeOne) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    write_text(folder / "x.png", small_file());
    fs::permissions(folder / "x.png", fs::perms::none);
    EXPECT_EXIT(
        try_as_nobody([&] { (void)read_png(folder / "x.png"); }),
        testing::ExitedWithCode(0),
        "x.png: cannot be read: Permission denied: allow it with chmod");
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

TEST(ReadPngTest, AJpegIsToBeConverted) {
    const TemporaryFolder folder;
    write_text(folder / "x.png", "\xff\xd8\xff\xe0 and so on");
    EXPECT_PRED_FORMAT2(IsSubstring, "is a JPEG picture",
                        complaint_about(folder / "x.png"));
    EXPECT_PRED_FORMAT2(IsSubstring, "convert photo.jpg photo.png",
                        complaint_about(folder / "x.png"));
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

TEST(ReadPngTest, AFileWithAnyByteWrongIsDamaged) {
    const TemporaryFolder folder;
    const std::string file = small_file();
    for (std::size_t i = 0; i < file.size(); ++i) {
        std::string damaged = file;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        write_text(folder / "x.png", damaged);
        EXPECT_THROW((void)read_png(folder / "x.png"), std::runtime_error)
            << "byte " << i;
    }
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
