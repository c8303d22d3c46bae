#include <fmt/core.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "common/machine.hpp"
#include "common/png.hpp"
#include "common/scale.hpp"
#include "lessons/09_photos/parts/blur.hpp"
#include "lessons/09_photos/parts/lab.hpp"
#include "lessons/09_photos/parts/page.hpp"
#include "lessons/09_photos/parts/png_header.hpp"
#include "lessons/09_photos/photos.hpp"
#include "tests/support/errors.hpp"
#include "tests/support/files.hpp"
#include "tests/support/filters.hpp"
#include "tests/support/memory.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::string big_endian(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift));
    }
    return bytes;
}

std::string chunk(const std::string& type, const std::string& data) {
    const std::string body = type + data;
    const auto* bytes = reinterpret_cast<const Bytef*>(body.data());
    return big_endian(static_cast<std::uint32_t>(data.size())) + body +
           big_endian(static_cast<std::uint32_t>(
               crc32(0, bytes, static_cast<uInt>(body.size()))));
}

std::string compressed(const std::string& text) {
    std::string bytes(text.size() + 100, '\0');
    uLongf size = bytes.size();
    compress(reinterpret_cast<Bytef*>(bytes.data()), &size,
             reinterpret_cast<const Bytef*>(text.data()), text.size());
    return bytes.substr(0, size);
}

/// Writes a picture, with chunks added behind its header and before its end.
void write_with_chunks(const fs::path& file, const Image& image,
                       const std::string& behind_header,
                       const std::string& before_end) {
    write_png(image, file);
    const std::string bytes = read_text(file);
    const std::size_t header = 33;
    const std::size_t end = bytes.size() - 12;
    const std::string whole = bytes.substr(0, header) + behind_header +
                              bytes.substr(header, end - header) + before_end +
                              bytes.substr(end);
    write_text(file, whole);
    add_to_corpus(whole);
}

Words names_of(const std::vector<Photo>& photos) {
    Words names;
    for (const Photo& photo : photos) names.push_back(photo.name);
    return names;
}

Image gray_square(int width, int height, std::uint8_t value) {
    Image image(width, height);
    for (int y = 0; y < height; ++y) {
        for (Pixel& pixel : image.row(y)) pixel = {value, value, value};
    }
    return image;
}

/// Every test has a folder to itself.
class PhotosTest : public testing::Test {
 protected:
    fs::path in(const std::string& name) { return folder_ / name; }

    /// Makes a photo of a picture that is written to a file of that name.
    Photo photo_of(const std::string& name, const Image& image) {
        fs::create_directories(in(name).parent_path());
        write_png(image, in(name));
        return find_photos({in(name)}).front();
    }

    TemporaryFolder folder_;
};

}  // namespace

// ------------------------------------------------- the function of the lesson

TEST_F(PhotosTest, EveryPhotoIsDevelopedOnce) {
    for_each_team([] {
        for (const std::size_t count : {0, 1, 2, 3, 7, 50}) {
            std::vector<Photo> photos(count);
            std::vector<std::atomic<int>> times(count);
            WorkLog log(static_cast<std::int64_t>(count));
            develop_all(
                photos,
                [&](const Photo& photo) { ++times[&photo - photos.data()]; },
                log);
            for (std::size_t i = 0; i < count; ++i) {
                EXPECT_EQ(times[i], 1);
                EXPECT_GE(log.entries()[i].thread, 0);
            }
        }
    });
}

TEST_F(PhotosTest, WhatGoesWrongWithOneIsNotedAndTheOthersAreDone) {
    for_each_team([] {
        std::vector<Photo> photos(20);
        for (Photo& photo : photos) photo.error = "of an earlier run";
        std::atomic<int> calls = 0;
        WorkLog off;
        develop_all(
            photos,
            [&](const Photo& photo) {
                ++calls;
                const auto i = &photo - photos.data();
                if (i == 0) throw std::bad_alloc();
                if (i % 3 == 1)
                    throw std::runtime_error(fmt::format("no {}", i));
            },
            off);
        EXPECT_EQ(calls, 20);
        for (std::size_t i = 1; i < photos.size(); ++i) {
            EXPECT_EQ(photos[i].error,
                      i % 3 == 1 ? fmt::format("no {}", i) : "");
        }
        EXPECT_NE(photos[0].error, "");
    });
}

TEST_F(PhotosTest, DamagedAndForeignFilesDoNotDisturbTheOthers) {
    const Image image = speckled_picture(40, 30);
    for (int i = 0; i < 9; ++i) {
        write_png(image, in(fmt::format("{}.png", i)));
    }
    const std::string whole = read_text(in("3.png"));
    write_text(in("3.png"), whole.substr(0, whole.size() / 2));
    write_text(in("5.png"), "");
    write_text(in("7.png"), "\xff\xd8\xff");
    for_each_team([&] {
        std::vector<Photo> photos = find_photos({folder_.path()});
        ASSERT_EQ(photos.size(), 9U);
        const Lab lab = {.output = in("out"), .width = 20};
        WorkLog off;
        develop_all(
            photos, [&](Photo& photo) { make_views(photo, lab); }, off);
        for (std::size_t i = 0; i < photos.size(); ++i) {
            const bool is_bad = i == 3 || i == 5 || i == 7;
            EXPECT_EQ(photos[i].error.find(photos[i].file.string()) == 0,
                      is_bad)
                << photos[i].error;
            EXPECT_EQ(photos[i].results.size(), is_bad ? 0U : 5U);
        }
        EXPECT_EQ(read_png(in("out/pictures/8/original.png")),
                  scale_to_width(image, 20));
    });
}

// ---------------------------------------------------------- finding the files

TEST_F(PhotosTest, OfAFolderThePicturesCountInOrder) {
    for (const char* name : {"b.png", "a.PNG", "c.jpeg", "notes.txt", "d",
                             ".hidden.png", "e.tar.png"}) {
        write_text(in(name), "x");
    }
    fs::create_directory(in("folder.png"));
    EXPECT_EQ(names_of(find_photos({folder_.path()})),
              (Words{"a", "b", "c", "e.tar"}));
    // A file that is named counts whatever it is, and if it is not there.
    EXPECT_EQ(names_of(find_photos({in("notes.txt"), in("none.png")})),
              (Words{"notes", "none"}));
}

TEST_F(PhotosTest, NoTwoPhotosHaveTheSameName) {
    const auto names = [](const std::vector<fs::path>& paths) {
        return names_of(find_photos(paths));
    };
    EXPECT_EQ(names({"a/x.png", "b/x.png", "c/x.jpg"}),
              (Words{"x", "x-2", "x-3"}));
    EXPECT_EQ(names({"x-2.png", "x.png", "b/x.png"}),
              (Words{"x-2", "x", "x-3"}));
    EXPECT_EQ(names({"x.png", "b/x.png", "x-2.png"}),
              (Words{"x", "x-2", "x-2-2"}));
    EXPECT_EQ(names({"Lake.png", "lake.png"}), (Words{"Lake", "lake-2"}));
}

TEST_F(PhotosTest, NoNameIsThatOfAFolderAbove) {
    EXPECT_EQ(names_of(find_photos({"...png", "..png", "a/...png"})),
              (Words{"picture", "picture-2", "picture-3"}));
}

TEST_F(PhotosTest, TheLongestNamesAreShortenedWhereTheyGetANumber) {
    const std::string name(251, 'n');
    const Words names = names_of(
        find_photos({name + ".png", "b/" + name + ".png", name + ".jpg"}));
    EXPECT_EQ(names, (Words{name, std::string(249, 'n') + "-2",
                            std::string(249, 'n') + "-3"}));
    fs::create_directory(in("b"));
    write_png(Image(2, 2), in(name + ".png"));
    write_png(Image(2, 2), in("b/" + name + ".png"));
    for (Photo& photo :
         find_photos({in(name + ".png"), in("b/" + name + ".png")})) {
        EXPECT_NO_THROW(make_thumbnail(photo, {.output = in("out")}));
        EXPECT_NO_THROW(make_views(photo, {.output = in("out"), .width = 2}));
    }
}

TEST_F(PhotosTest, OnlyRegularFilesAreRead) {
    ASSERT_EQ(mkfifo(in("pipe.png").c_str(), 0600), 0);
    for (const fs::path& file : {in("pipe.png"), fs::path("/dev/zero")}) {
        Photo photo = find_photos({file}).front();
        EXPECT_EQ(message_of([&] { make_views(photo, {.output = in("out")}); }),
                  file.string() + ": is a pipe or a device: name a PNG file");
    }
    EXPECT_FALSE(fs::exists(in("out")));
}

TEST_F(PhotosTest, AFolderThatCannotBeReadIsAPhotoThatFails) {
    fs::permissions(folder_.path(), fs::perms::all);
    fs::create_directory(in("locked"));
    fs::create_directory(in("open"));
    write_png(Image(2, 2), in("open/x.png"));
    fs::permissions(in("locked"), fs::perms::none);
    EXPECT_EXIT(
        try_as_nobody([&] {
            std::vector<Photo> photos = find_photos({in("locked"), in("open")});
            if (names_of(photos) != Words{"locked", "x"}) return;
            make_thumbnail(photos.front(), {.output = in("out")});
        }),
        testing::ExitedWithCode(0),
        "locked: cannot be read: Permission denied: (allow it with "
        "chmod u.r|ask the owner of .*locked)");
    fs::permissions(in("locked"), fs::perms::all);
}

TEST_F(PhotosTest, AFolderWithoutPicturesIsAnError) {
    EXPECT_THROW(find_photos({folder_.path()}), std::runtime_error);
    EXPECT_THROW(find_photos({}), std::runtime_error);
}

TEST_F(PhotosTest, TheSheetHasRoomForTheFirstSixty) {
    const std::vector<fs::path> paths(61, "x.png");
    const std::vector<Photo> photos = find_photos(paths);
    EXPECT_TRUE(photos[59].on_sheet);
    EXPECT_FALSE(photos[60].on_sheet);
}

TEST_F(PhotosTest, AllFilesThatAreWrittenAreKnownBefore) {
    Photo photo = photo_of("x.png", Image(2, 2));
    const Lab lab = {.output = in("out"), .width = 2};
    std::set<fs::path> written;
    make_views(photo, lab);
    written.insert(photo.results.begin(), photo.results.end());
    make_thumbnail(photo, lab);
    written.insert(photo.results.begin(), photo.results.end());
    write_page({photo}, lab.output);
    written.insert({in("out/index.html"), in("out/contact_sheet.png")});
    const std::vector<fs::path> known = results_of({photo}, lab);
    EXPECT_EQ(std::set<fs::path>(known.begin(), known.end()), written);
    for (const fs::path& file : known) EXPECT_TRUE(fs::exists(file)) << file;
}

// ------------------------------------------------------ what a file says of it

TEST_F(PhotosTest, ModeAndSizesAreThoseOfTheHeader) {
    write_png(Image(7, 5), in("rgb.png"));
    write_png(Image(3, 9, true), in("rgba.png"));
    const auto rgb = read_png_header(in("rgb.png"));
    ASSERT_TRUE(rgb);
    EXPECT_EQ(rgb->width, 7);
    EXPECT_EQ(rgb->height, 5);
    EXPECT_EQ(rgb->mode, "RGB");
    EXPECT_EQ(read_png_header(in("rgba.png"))->mode, "RGBA");

    // The header alone, of every kind that the specification has (table 11.1).
    const auto mode = [&](char bits, char colour_type) {
        write_text(in("other.png"),
                   "\x89PNG\r\n\x1a\n" +
                       chunk("IHDR", big_endian(1) + big_endian(1) + bits +
                                         colour_type + std::string(3, '\0')));
        return read_png_header(in("other.png"))->mode;
    };
    EXPECT_EQ(mode(8, 0), "grey");
    EXPECT_EQ(mode(1, 0), "grey, 1 bit");
    EXPECT_EQ(mode(4, 3), "palette, 4 bits");
    EXPECT_EQ(mode(8, 4), "grey + alpha");
    EXPECT_EQ(mode(16, 2), "RGB, 16 bits");
    EXPECT_EQ(mode(8, 99), "?");
    EXPECT_EQ(mode(8, -1), "?");
}

TEST_F(PhotosTest, TextsAreFoundWhereverTheyStand) {
    write_with_chunks(
        in("x.png"), Image(4, 4),
        chunk("tEXt", std::string("Title\0Gr\xfcn", 10)) +
            chunk("zTXt", std::string("Author\0\0", 8) + compressed("Ann O.")),
        chunk("iTXt", std::string("Source\0\0\0en\0Quelle\0caf\xc3\xa9", 24)) +
            chunk("iTXt", std::string("Comment\0\1\0\0\0", 12) +
                              compressed("two\nlines")) +
            chunk("tEXt", std::string("Title\0second", 12)));
    const auto header = read_png_header(in("x.png"));
    ASSERT_TRUE(header);
    const std::map<std::string, std::string> expected = {
        {"Title", "Gr\xc3\xbcn"},
        {"Author", "Ann O."},
        {"Source", "caf\xc3\xa9"}};  // no Comment: nobody shows it
    EXPECT_EQ(header->texts, expected);
}

TEST_F(PhotosTest, LongTextsAreCutAndNoControlCharacterIsInAny) {
    const std::string longer(1'000'000, 'a');
    const std::string cut = std::string(longest_text, 'a') + " ...";
    const auto text = [&](const std::string& chunks) {
        write_with_chunks(in("x.png"), Image(4, 4), chunks, "");
        return read_png_header(in("x.png"))->texts["Title"];
    };
    const std::string key("Title\0", 6);
    EXPECT_EQ(text(chunk("tEXt", key + longer)), cut);
    EXPECT_EQ(text(chunk("zTXt", key + '\0' + compressed(longer))), cut);
    EXPECT_EQ(text(chunk("iTXt", key + std::string("\1\0\0\0", 4) +
                                     compressed(longer))),
              cut);
    const std::string most(longest_text, 'b');
    EXPECT_EQ(text(chunk("tEXt", key + most)), most);
    // No half of a character: the 200th byte is the first of a u umlaut.
    std::string umlauts;
    for (int i = 0; i < 300; ++i) umlauts += "\xc3\xbc";
    EXPECT_EQ(text(chunk("iTXt", key + std::string(4, '\0') + "x" + umlauts)),
              "x" + umlauts.substr(0, 198) + " ...");
    const std::string no = "\xEF\xBF\xBD";
    EXPECT_EQ(text(chunk("tEXt", key + "a\x1b[31m\nb\x9b")),
              "a" + no + "[31m" + no + "b" + no);
    EXPECT_EQ(text(chunk("iTXt", key + std::string(4, '\0') + "\xff\xc2\x9b")),
              no + no);
}

TEST_F(PhotosTest, AThousandTextsOfAMegabyteTakeNoMemory) {
    if (!can_measure_memory()) GTEST_SKIP() << "it cannot be measured";
    const std::string text = compressed(std::string(1'000'000, 'a'));
    std::string chunks;
    for (int i = 0; i < 1000; ++i) {
        chunks += chunk("zTXt",
                        fmt::format("Key{}", i) + std::string(2, '\0') + text);
    }
    write_with_chunks(in("x.png"), Image(4, 4), chunks, "");
    const auto read = [&] { (void)read_png_header(in("x.png")); };
    EXPECT_LE(peak_of(read), 2'000);  // kB
}

TEST_F(PhotosTest, SidesThatNoPngMayHaveAreRefusedAsDamage) {
    for (const std::uint32_t side : {0xFFFFFFFFU, 0x80000000U}) {
        const std::string header =
            chunk("IHDR", big_endian(side) + big_endian(side) + "\x08\x02" +
                              std::string(3, '\0'));
        write_text(in("x.png"), "\x89PNG\r\n\x1a\n" + header);
        EXPECT_FALSE(read_png_header(in("x.png")));
        for (const int width : {0, 65'535}) {
            Photo photo = find_photos({in("x.png")}).front();
            EXPECT_NE(message_of([&] {
                          make_views(photo,
                                     {.output = in("out"),
                                      .width = width,
                                      .max_pixels = std::int64_t{1} << 40});
                      }).find("is damaged"),
                      std::string::npos);
        }
    }
    // The longest sides that there are.
    for (const std::uint32_t width : {1U, 0x7FFFFFFFU}) {
        write_text(
            in("x.png"),
            "\x89PNG\r\n\x1a\n" +
                chunk("IHDR", big_endian(width) + big_endian(0x7FFFFFFFU) +
                                  "\x08\x02" + std::string(3, '\0')));
        for (const int scaled : {0, 65'535}) {
            Photo photo = find_photos({in("x.png")}).front();
            const Lab lab = {.output = in("out"), .width = scaled};
            EXPECT_NE(message_of([&] {
                          make_views(photo, lab);
                      }).find("pixels and the limit is "),
                      std::string::npos);
        }
    }
}

TEST_F(PhotosTest, DamagedTextsAreLeftOut) {
    write_with_chunks(in("x.png"), Image(4, 4),
                      chunk("tEXt", "") + chunk("tEXt", "Title") +
                          chunk("zTXt", std::string("Author\0", 7)) +
                          chunk("zTXt", std::string("Author\0\0xyz", 11)) +
                          chunk("iTXt", std::string("Source\0", 7)) +
                          chunk("iTXt", std::string("Source\0\1", 8)),
                      "");
    const auto header = read_png_header(in("x.png"));
    ASSERT_TRUE(header);
    EXPECT_TRUE(header->texts.empty());
}

TEST_F(PhotosTest, WhatIsNoPngHasNoHeader) {
    write_png(Image(4, 4), in("whole.png"));
    const std::string whole = read_text(in("whole.png"));
    for (const std::size_t size : {0, 1, 8, 32}) {
        write_text(in("cut.png"), whole.substr(0, size));
        EXPECT_FALSE(read_png_header(in("cut.png"))) << size;
    }
    EXPECT_FALSE(read_png_header(in("none.png")));
    EXPECT_FALSE(read_png_header(folder_.path()));
    write_text(in("text.png"), std::string(100, 'x'));
    EXPECT_FALSE(read_png_header(in("text.png")));
}

// ------------------------------------------------------- views and thumbnails

TEST_F(PhotosTest, ViewsAreThePictureAndItsFourFilters) {
    for (const bool with_alpha : {false, true}) {
        const Image image = speckled_picture(40, 31, with_alpha);
        Photo photo = photo_of("lake.png", image);
        make_views(photo, {.output = in("out"), .width = 20});
        const fs::path folder = in("out/pictures/lake");
        const Image scaled = scale_to_width(image, 20);
        EXPECT_EQ(difference(read_png(folder / "original.png"), scaled), "");
        const auto expect_view = [&](const char* file, auto formula) {
            EXPECT_EQ(difference(read_png(folder / file),
                                 map_pixels(scaled, formula)),
                      "")
                << file;
        };
        expect_view("grey.png", [](Pixel p) {
            const int mean = (p.red + p.green + p.blue) / 3;
            const auto grey = static_cast<std::uint8_t>(mean);
            return Pixel{grey, grey, grey};
        });
        expect_view("red.png", [](Pixel p) { return Pixel{p.red, 0, 0}; });
        expect_view("green.png", [](Pixel p) { return Pixel{0, p.green, 0}; });
        expect_view("blue.png", [](Pixel p) { return Pixel{0, 0, p.blue}; });
        EXPECT_EQ(photo.label, "lake");
        EXPECT_EQ(photo.source, in("lake.png").string());
        EXPECT_EQ(photo.mode, with_alpha ? "RGBA" : "RGB");
        EXPECT_EQ(photo.original, (Size{40, 31}));
        EXPECT_EQ(photo.scaled, (Size{20, 15}));
        EXPECT_EQ(photo.results.size(), 5U);
        EXPECT_EQ(photo.cells.size(), 5U);
    }
}

TEST_F(PhotosTest, AWidthOfZeroKeepsTheSize) {
    const Image image = speckled_picture(9, 4);
    Photo photo = photo_of("x.png", image);
    make_views(photo, {.output = in("out"), .width = 0});
    EXPECT_EQ(read_png(photo.results.front()), image);
    EXPECT_EQ(photo.scaled, (Size{9, 4}));
}

TEST_F(PhotosTest, APictureOfOtherFormIsNeverLowerThanAPixel) {
    Photo photo = photo_of("x.png", speckled_picture(300, 1));
    make_views(photo, {.output = in("out"), .width = 10});
    EXPECT_EQ(photo.scaled, (Size{10, 1}));
    EXPECT_EQ(read_png(photo.results.front()).height(), 1);
}

TEST_F(PhotosTest, LabelAndSourceAreTheFilesOwnWhereItHasThem) {
    write_with_chunks(in("x.png"), Image(4, 4), "",
                      chunk("tEXt", std::string("Title\0The lake", 14)) +
                          chunk("tEXt", std::string("Source\0a camera", 15)));
    Photo photo = find_photos({in("x.png")}).front();
    make_thumbnail(photo, {.output = in("out")});
    EXPECT_EQ(photo.label, "The lake");
    EXPECT_EQ(photo.source, "a camera");
}

TEST_F(PhotosTest, APictureThatIsTooLargeIsRefused) {
    Photo photo = photo_of("x.png", Image(20, 10));
    const auto error_of = [&](const Lab& lab) -> std::string {
        try {
            make_views(photo, lab);
            return "";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    };
    EXPECT_EQ(error_of({.output = in("out"), .width = 20, .max_pixels = 200}),
              "");
    EXPECT_NE(error_of({.output = in("out"), .width = 20, .max_pixels = 199})
                  .find("20 x 10 would be 200 pixels and the limit is 199"),
              std::string::npos);
    EXPECT_NE(error_of({.output = in("out"), .width = 40, .max_pixels = 799})
                  .find("40 x 20"),
              std::string::npos);
    if (available_memory() == 0) return;  // the system does not tell
    EXPECT_NE(error_of({.output = in("out"),
                        .width = 4'000'000,
                        .max_pixels = std::numeric_limits<std::int64_t>::max()})
                  .find("available"),
              std::string::npos);
}

TEST_F(PhotosTest, OfAPhotoThatFailsNothingStays) {
    fs::create_directories(in("out/pictures/x/blue.png"));  // in the way
    write_text(in("out/pictures/x/mine.txt"), "not ours");
    Photo photo = photo_of("x.png", Image(4, 4));
    photo.on_sheet = true;
    EXPECT_THROW(make_views(photo, {.output = in("out"), .width = 4}),
                 std::runtime_error);
    EXPECT_TRUE(photo.results.empty());
    EXPECT_TRUE(photo.cells.empty());
    for (const char* name : {"original", "grey", "red", "green"}) {
        EXPECT_FALSE(fs::exists(in(fmt::format("out/pictures/x/{}.png", name))))
            << name;
    }
    EXPECT_TRUE(fs::exists(in("out/pictures/x/mine.txt")));
}

TEST_F(PhotosTest, AThumbnailFitsAndIsNeverEnlarged) {
    const auto size_of = [&](int width, int height) {
        Photo photo = photo_of("x.png", Image(width, height));
        make_thumbnail(photo, {.output = in("out"), .side = 60});
        const Image image = read_png(in("out/thumbnails/x.png"));
        EXPECT_EQ(photo.scaled, (Size{image.width(), image.height()}));
        return photo.scaled;
    };
    EXPECT_EQ(size_of(120, 80), (Size{60, 40}));
    EXPECT_EQ(size_of(80, 120), (Size{40, 60}));
    EXPECT_EQ(size_of(61, 61), (Size{60, 60}));
    EXPECT_EQ(size_of(60, 30), (Size{60, 30}));
    EXPECT_EQ(size_of(1, 1), (Size{1, 1}));
    EXPECT_EQ(size_of(1, 61), (Size{1, 61}));  // a pixel is the least
}

// ------------------------------------------------------------------- the blur

TEST_F(PhotosTest, ABlurIsTheGaussianMean) {
    // By the definition, in two dimensions and real numbers; weights out of
    // 4096 may be one grey level off.
    const Image image = speckled_picture(23, 17, true);
    for (const double sigma : {0.5, 1.0, 2.7}) {
        const Image blurred = gaussian_blur(image, sigma);
        const int reach = static_cast<int>(std::ceil(3.0 * sigma));
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                double sum = 0.0;
                double opacity = 0.0;
                double total = 0.0;
                for (int j = -reach; j <= reach; ++j) {
                    for (int i = -reach; i <= reach; ++i) {
                        const double weight =
                            std::exp(-(i * i + j * j) / (2.0 * sigma * sigma));
                        const int row = std::clamp(y + j, 0, 16);
                        const int column = std::clamp(x + i, 0, 22);
                        sum += weight * image.row(row)[column].green;
                        opacity += weight * image.alpha_row(row)[column];
                        total += weight;
                    }
                }
                ASSERT_NEAR(blurred.row(y)[x].green, sum / total, 1.0);
                ASSERT_NEAR(blurred.alpha_row(y)[x], opacity / total, 1.0);
            }
        }
    }
}

TEST_F(PhotosTest, ABlurLeavesOneColourAsItIs) {
    for (const double sigma : {0.0, 0.3, 2.0, largest_sigma}) {
        for (const auto value : {0, 1, 128, 254, 255}) {
            const Image image =
                gray_square(9, 7, static_cast<std::uint8_t>(value));
            EXPECT_EQ(difference(gaussian_blur(image, sigma), image), "");
        }
    }
}

TEST_F(PhotosTest, ABlurOfNothingIsNothing) {
    const Image image = speckled_picture(13, 31, true);
    EXPECT_EQ(gaussian_blur(image, 0.0), image);
    EXPECT_EQ(gaussian_blur(Image(), 3.0), Image());
}

// ------------------------------------------------------------------- the page

TEST_F(PhotosTest, TheSheetHasARowForEveryPhoto) {
    std::vector<Photo> photos(3);
    for (int i = 0; i < 2; ++i) {
        photos[i].cells.assign(5, gray_square(cell_side, 40 + i, 10));
    }
    photos[2].cells.assign(5, gray_square(cell_side, 90, 10));
    photos[2].error = "no";
    const Image sheet = sheet_of(photos);
    const Pixel ink = {10, 10, 10};
    EXPECT_EQ(sheet.width(), 5 * cell_side + 6 * 8);
    EXPECT_EQ(sheet.height(), 8 + 40 + 8 + 41 + 8);
    EXPECT_EQ(sheet.row(8)[8], ink);
    EXPECT_NE(sheet.row(7)[8], ink);
    EXPECT_EQ(sheet.row(47)[sheet.width() - 9], ink);
    EXPECT_NE(sheet.row(48)[8], ink);
    EXPECT_EQ(sheet.row(96)[8], ink);
    EXPECT_NE(sheet.row(97)[8], ink);
}

TEST_F(PhotosTest, TheSheetOfNothingIsAPictureAllTheSame) {
    const Image sheet = sheet_of({});
    EXPECT_GT(sheet.width(), 0);
    EXPECT_GT(sheet.height(), 0);
}

TEST_F(PhotosTest, ThePageShowsWhatWasDoneAndWhatNot) {
    Photo lake = photo_of("a b#<%.png", speckled_picture(8, 8));
    make_views(lake, {.output = in("out"), .width = 8});
    lake.label = "<b>& \"lake\"";
    Photo bad;
    bad.error = "x.png: is <damaged>";
    write_page({lake, bad}, in("out"));
    const std::string page = read_text(in("out/index.html"));
    for (const char* text :
         {"<h2>&lt;b&gt;&amp; &quot;lake&quot;</h2>",
          "src=\"pictures/a%20b%23%3C%25/grey.png\"", "original size: 8 x 8",
          "mode: RGB", "<li>x.png: is &lt;damaged&gt;</li>"}) {
        EXPECT_NE(page.find(text), std::string::npos) << text << page;
    }
    EXPECT_EQ(read_png(in("out/contact_sheet.png")).height(), 8 + 8 + 8);
}

TEST_F(PhotosTest, NoControlCharacterOfANameReachesThePageOrTheTable) {
    const std::string name = "a\n\x1b[31m\xff.png";
    Photo photo = photo_of(name, Image(4, 4));
    make_views(photo, {.output = in("out"), .width = 4});
    Photo bad;
    bad.error = "\x1b.png: is damaged";
    for (const std::string& text :
         {page_of({photo, bad}, in("out")), summary_of({photo, bad})}) {
        EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
        EXPECT_EQ(text.find('\xff'), std::string::npos) << text;
        EXPECT_NE(text.find("a\xEF\xBF\xBD\xEF\xBF\xBD[31m\xEF\xBF\xBD"),
                  std::string::npos)
            << text;
    }
    const std::string table = summary_of({photo, bad});
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 3);
}
