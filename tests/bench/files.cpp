// Lessons 09 and 18: pictures in files.

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "common/image.hpp"
#include "common/png.hpp"
#include "common/openmp.hpp"
#include "common/programs/temporary_folder.hpp"
#include "common/terminal.hpp"
#include "lessons/09_photos/parts/lab.hpp"
#include "lessons/09_photos/photos.hpp"
#include "lessons/18_png/parts/band.hpp"
#include "lessons/18_png/parts/png_file.hpp"
#include "lessons/18_png/png.hpp"
#include "tests/bench/pictures.hpp"
#include "tests/bench/suite.hpp"

// NOLINTBEGIN(bugprone-suspicious-include)
namespace serial {
#include "lessons/09_photos/serial.cpp"
#include "lessons/18_png/serial.cpp"
}  // namespace serial
namespace parallel {
#include "lessons/09_photos/parallel.cpp"
#include "lessons/18_png/parallel.cpp"
}  // namespace parallel
namespace by_libpng {
#include "lessons/18_png/libpng.cpp"
}  // namespace by_libpng
// NOLINTEND(bugprone-suspicious-include)

namespace {

// What is counted by hand is a lower bound for the way into a PNG file: a byte
// is filtered (1), goes into two checksums (2 and 3) and is compared with the
// one before it (1).
constexpr double operations_a_byte = 7;

/// A folder of so many small photos, and another one for what is made of them.
struct Album {
    explicit Album(std::int64_t count) {
        std::filesystem::create_directory(folder / "in");
        const Image image = noisy_picture(width, height);
        for (std::int64_t i = 0; i < count; ++i) {
            write_png(image, folder / "in" / fmt::format("{}.png", i));
        }
        photos = find_photos({folder / "in"});
        lab.output = folder / "out";
        lab.width = 0;
    }
    static constexpr int width = 400;
    static constexpr int height = 300;
    TemporaryFolder folder;
    std::vector<Photo> photos;
    Lab lab;
};

void add_photos(Suite& suite) {
    const auto cost = [] {
        // The original and four views are written.
        constexpr double bytes = 3.0 * Album::width * Album::height;
        constexpr double views = 5;
        return Cost{.operations = views * bytes * operations_a_byte,
                    .bytes = 2 * views * bytes};
    };
    suite.add_lesson(
        {.lesson = "09_photos", .sizes = decades(200, "photos"), .cost = cost},
        [](std::int64_t count, Version version) {
            auto album = std::make_shared<Album>(count);
            const auto run = version == Version::serial ? serial::develop_all
                                                        : parallel::develop_all;
            return Prepared{.run = [=] {
                WorkLog off;
                run(
                    album->photos,
                    [&](Photo& photo) {
                        photo.results.clear();
                        photo.cells.clear();
                        make_views(photo, album->lab);
                    },
                    off);
            }};
        });
}

using Writer = void (*)(const Image&, const std::filesystem::path&, int);

Prepared write_by(Writer writer, int width, int height) {
    auto folder = std::make_shared<TemporaryFolder>();
    auto image = std::make_shared<Image>(noisy_picture(width, height));
    return {.run = [=] {
        constexpr int rows = 64;
        writer(*image, *folder / "written.png", rows);
    }};
}

void add_png(Suite& suite) {
    const auto size = [](std::int64_t width) {
        return ProblemSize{
            .n = width,
            .items = 0.75 * static_cast<double>(width * width),
            .words = fmt::format("{} x {}", width, width * 3 / 4)};
    };
    const auto cost = [] {
        return Cost{.operations = 3 * operations_a_byte, .bytes = 3};
    };
    suite.add_lesson({.lesson = "18_png",
                      .sizes = {size(410), size(1296), size(4096)},
                      .cost = cost},
                     [](std::int64_t width, Version version) {
                         return write_by(version == Version::serial
                                             ? serial::write_in_bands
                                             : parallel::write_in_bands,
                                         static_cast<int>(width),
                                         static_cast<int>(width * 3 / 4));
                     });
    suite.add("18_png/libpng", 1, Make([] {
                  return write_by(by_libpng::write_in_bands, 4096, 3072);
              }));
    constexpr double worth_it = 1.6;
    suite.compare({"18_png in bands against libpng's writer",
                   "18_png/parallel/4096", "18_png/libpng", Kind::times,
                   worth_it});
}

}  // namespace

void add_files(Suite& suite) {
    add_photos(suite);
    add_png(suite);
}
