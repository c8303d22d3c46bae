#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "common/png.hpp"
#include "lessons/18_png/png.hpp"
#include "tests/support/files.hpp"
#include "tests/support/filters.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::array<int, 5> band_heights = {1, 2, 5, 64, 65'535};

/// Lets the function read one file and write another.
void convert(const std::filesystem::path& from,
             const std::filesystem::path& file, int rows_per_band,
             WorkLog& log) {
    PngReader picture(from);
    write_in_bands(picture, file, rows_per_band, log);
}

/// The same without a log.
void convert(const std::filesystem::path& from,
             const std::filesystem::path& file, int rows_per_band) {
    WorkLog off;
    convert(from, file, rows_per_band, off);
}

/// The file that the function makes of a picture.
std::string file_of(const Image& image, int rows_per_band) {
    const TemporaryFolder folder;
    write_png(image, folder / "in.png");
    convert(folder / "in.png", folder / "out.png", rows_per_band);
    return read_text(folder / "out.png");
}

/// The picture that is to be in the file.
Image grey_of(const Image& image) {
    return map_pixels(image, [](Pixel pixel) {
        const auto mean = static_cast<std::uint8_t>(
            (pixel.red + pixel.green + pixel.blue) / 3);
        return Pixel{mean, mean, mean};
    });
}

std::uint32_t number_at(const std::string& bytes, std::size_t place) {
    std::uint32_t number = 0;
    for (std::size_t i = place; i < place + 4; ++i) {
        number = number << 8U | static_cast<std::uint8_t>(bytes.at(i));
    }
    return number;
}

/// CRC-32 a bit at a time, as the PNG specification defines it (annex D).
std::uint32_t slow_crc(const std::string& bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        crc ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

struct Chunk {
    std::string type;
    std::string data;
};

/// The chunks of a PNG file, each with the right checksum.
std::vector<Chunk> chunks_of(const std::string& file) {
    EXPECT_EQ(file.substr(0, 8), "\x89PNG\r\n\x1a\n");
    std::vector<Chunk> chunks;
    std::size_t place = 8;
    while (place < file.size()) {
        const std::size_t size = number_at(file, place);
        EXPECT_EQ(number_at(file, place + 8 + size),
                  slow_crc(file.substr(place + 4, 4 + size)));
        chunks.push_back(
            {file.substr(place + 4, 4), file.substr(place + 8, size)});
        place += 12 + size;
    }
    return chunks;
}

/// What the IDAT chunks hold, decompressed by zlib, which compares Adler-32.
Bytes rows_of(const std::vector<Chunk>& chunks, std::size_t size) {
    std::string stream;
    for (const Chunk& chunk : chunks) {
        if (chunk.type == "IDAT") stream += chunk.data;
    }
    Bytes rows(size + 1);
    uLongf found = rows.size();
    EXPECT_EQ(uncompress(rows.data(), &found,
                         reinterpret_cast<const Bytef*>(stream.data()),
                         stream.size()),
              Z_OK);
    EXPECT_EQ(found, size);
    rows.resize(size);
    return rows;
}

/// The bytes of a picture, row after row, each after the filter number.
Bytes filtered_rows(const Image& image, const Bytes& filters) {
    Bytes rows;
    const std::size_t pixel_size = image.has_alpha() ? 4 : 3;
    for (int y = 0; y < image.height(); ++y) {
        Bytes row;
        for (int x = 0; x < image.width(); ++x) {
            const Pixel pixel = image.row(y)[x];
            row.insert(row.end(), {pixel.red, pixel.green, pixel.blue});
            if (image.has_alpha()) row.push_back(image.alpha_row(y)[x]);
        }
        rows.push_back(filters.at(y));
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool is_minus = filters.at(y) == 1 && i >= pixel_size;
            rows.push_back(row[i] - (is_minus ? row[i - pixel_size] : 0));
        }
    }
    return rows;
}

}  // namespace

TEST(PngTest, LibpngReadsThePictureBack) {
    const TemporaryFolder folder;
    for_each_team([&] {
        for (const auto& [width, height] : picture_sizes) {
            if (width == 0) continue;
            for (const bool with_alpha : {false, true}) {
                const Image image = speckled_picture(width, height, with_alpha);
                write_png(image, folder / "in.png");
                for (const int rows_per_band : band_heights) {
                    convert(folder / "in.png", folder / "out.png",
                            rows_per_band);
                    EXPECT_EQ(difference(read_png(folder / "out.png"),
                                         grey_of(image)),
                              "")
                        << rows_per_band << " rows in a band";
                }
            }
        }
    });
}

TEST(PngTest, EveryTeamWritesTheSameBytes) {
    const Image image = speckled_picture(101, 67);
    for (const int rows_per_band : band_heights) {
        std::string first;
        for_each_team([&] {
            const std::string file = file_of(image, rows_per_band);
            if (first.empty()) first = file;
            EXPECT_TRUE(file == first) << rows_per_band << " rows in a band";
        });
    }
}

TEST(PngTest, TheFileIsWhatTheSpecificationSays) {
    for (const bool with_alpha : {false, true}) {
        const Image image = speckled_picture(13, 31, with_alpha);
        const std::vector<Chunk> chunks = chunks_of(file_of(image, 4));
        ASSERT_GE(chunks.size(), 3U);
        EXPECT_EQ(chunks.front().type, "IHDR");
        EXPECT_EQ(chunks.front().data,
                  std::string("\0\0\0\x0d\0\0\0\x1f\x08", 9) +
                      (with_alpha ? '\x06' : '\x02') + std::string(3, '\0'));
        for (std::size_t i = 1; i + 1 < chunks.size(); ++i) {
            EXPECT_EQ(chunks[i].type, "IDAT");
        }
        EXPECT_EQ(chunks.back().type, "IEND");
        EXPECT_EQ(chunks.back().data, "");

        const Bytes expected = filtered_rows(grey_of(image), Bytes(31, 1));
        EXPECT_TRUE(rows_of(chunks, expected.size()) == expected);
    }
}

TEST(PngTest, SmoothRowsBecomeSmall) {
    Image image(1000, 300);
    for (int y = 0; y < 300; ++y) {
        for (Pixel& pixel : image.row(y)) pixel = {90, 90, 90};
    }
    for (const int rows_per_band : {10, 300}) {
        EXPECT_LT(file_of(image, rows_per_band).size(), 900'000U / 50);
    }
}

TEST(PngTest, ItMayWriteOverItsInput) {
    const TemporaryFolder folder;
    const Image image = speckled_picture(101, 67);
    for_each_team([&] {
        write_png(image, folder / "both.png");
        convert(folder / "both.png", folder / "both.png", 4);
        EXPECT_EQ(difference(read_png(folder / "both.png"), grey_of(image)),
                  "");
    });
}

TEST(PngTest, DamageIsAnErrorAndLeavesTheOldFile) {
    const TemporaryFolder folder;
    write_png(speckled_picture(300, 200), folder / "in.png");
    const std::string whole = read_text(folder / "in.png");
    for (const double part : {0.1, 0.5, 0.9}) {
        const auto size =
            static_cast<std::size_t>(part * static_cast<double>(whole.size()));
        std::string other_byte = whole;
        other_byte[size] ^= '\x01';
        for (const std::string& damaged : {whole.substr(0, size), other_byte}) {
            write_text(folder / "damaged.png", damaged);
            write_text(folder / "out.png", "old");
            for_each_team([&] {
                try {
                    convert(folder / "damaged.png", folder / "out.png", 8);
                    FAIL() << "cut or changed at " << size;
                } catch (const std::runtime_error& error) {
                    EXPECT_NE(std::string(error.what()).find("damaged.png"),
                              std::string::npos)
                        << error.what();
                }
            });
            EXPECT_EQ(read_text(folder / "out.png"), "old");
        }
    }
}

TEST(PngTest, AFileThatCannotBeWrittenIsAnErrorThatNamesIt) {
    const TemporaryFolder folder;
    write_png(speckled_picture(300, 200), folder / "in.png");
    std::filesystem::create_directory(folder / "empty");
    for (const std::filesystem::path& file :
         {folder / "none/out.png", folder / "empty",
          std::filesystem::path("/dev/full")}) {
        for_each_team([&] {
            try {
                convert(folder / "in.png", file, 8);
                FAIL() << file << " was written";
            } catch (const std::runtime_error& error) {
                EXPECT_NE(std::string(error.what()).find(file.string()),
                          std::string::npos)
                    << error.what();
            }
        });
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder / "empty"));
}

// That a band waits for what it needs; libpng's writer has no bands.
TEST(PngTest, EachBandGoesThroughItsStepsInOrder) {
    const TemporaryFolder folder;
    write_png(speckled_picture(300, 67), folder / "in.png");
    constexpr std::size_t bands = 17;
    for_each_team([&] {
        WorkLog log(4 * bands);
        convert(folder / "in.png", folder / "out.png", 4, log);
        const auto entries = log.entries();
        ASSERT_GE(entries[0].thread, 0);
        if (entries[4].thread < 0) return;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            ASSERT_GE(entries[i].thread, 0) << "step " << i << " is missing";
            if (i % 4 != 0) {
                EXPECT_LE(entries[i - 1].end, entries[i].start);
            }
            const bool is_ordered = i % 4 == 0 || i % 4 == 3;
            if (is_ordered && i >= 4) {
                EXPECT_LE(entries[i - 4].end, entries[i].start);
            }
        }
    });
}
