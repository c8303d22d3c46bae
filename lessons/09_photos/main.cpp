// The image lab: describes pictures, and makes views or thumbnails of them.

#include <fmt/core.h>

#include <fstream>
#include <iterator>
#include <string>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "parts/blur.hpp"
#include "parts/lab.hpp"
#include "parts/page.hpp"
#include "photos.hpp"

namespace fs = std::filesystem;

namespace {

/// All files that were written count, byte for byte.
void add_results(Lesson& lesson, const std::vector<Photo>& photos) {
    for (const Photo& photo : photos) {
        for (const fs::path& file : photo.results) {
            std::ifstream input(file, std::ios::binary);
            const std::string bytes(std::istreambuf_iterator<char>(input), {});
            lesson.add_result(std::as_bytes(std::span(bytes)));
        }
        lesson.add_result(std::as_bytes(std::span(photo.error)));
    }
}

/// Tells what went wrong, and returns the program's exit status.
int report_failures(const Lesson& lesson, const std::vector<Photo>& photos) {
    int status = 0;
    for (const Photo& photo : photos) {
        if (photo.error.empty()) continue;
        fmt::print(stderr, "09_photos/{}: {}\n", lesson.version(),
                   printable(photo.error));
        status = 1;
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<fs::path> pictures = {"data/clouds.png", "data/green.png",
                                      "data/volcano.png"};
    Lab lab;
    std::int64_t width = lab.width;
    bool is_for_thumbnails = false;
    std::vector<Photo> photos;
    Lesson lesson("09_photos", "Makes views or thumbnails of pictures.");
    lesson.option("--pictures", pictures, "PATH",
                  "PNG files, and folders with such files; unless given, "
                  "the three of data/");
    lesson.option("--output", lab.output, "FOLDER",
                  "where to write; unless given, results/09_photos/VERSION");
    lesson.option("--width", width, {0, 65'535, 40},
                  "width in pixels of the views; 0 keeps a picture's own");
    lesson.option("--thumbnails", is_for_thumbnails,
                  "make blurred thumbnails instead of the views");
    lesson.option("--sigma", lab.sigma, {0.0, largest_sigma},
                  "a thumbnail's blur: standard deviation in pixels");
    lesson.option("--max-pixels", lab.max_pixels, {1, std::int64_t{1} << 40},
                  "most pixels that a picture may have");
    lesson.add_log();
    const int status = lesson.run(argc, argv, [&] {
        lab.width = static_cast<int>(width);
        if (lab.output.empty()) {
            lab.output = fs::path("results/09_photos") / lesson.version();
        }
        photos = find_photos(pictures);
        std::vector<fs::path> files;
        for (const Photo& photo : photos) files.push_back(photo.file);
        lesson.require_separate(files, results_of(photos, lab));
        const std::int64_t count = std::ssize(photos);
        lesson.set_size(
            fmt::format("{} picture{}", count, count == 1 ? "" : "s"), count);
        const Develop develop = [&](Photo& photo) {
            is_for_thumbnails ? make_thumbnail(photo, lab)
                              : make_views(photo, lab);
        };
        WorkLog off;
        lesson.measure([&] { develop_all(photos, develop, off); });
        show_progress("");
        fmt::print("{}", summary_of(photos));
        lesson.time_phase("page", (lab.output / "index.html").string(),
                          [&] { write_page(photos, lab.output); });
        lesson.log_run(
            count, [&](WorkLog& log) { develop_all(photos, develop, log); });
        show_progress("");
        add_results(lesson, photos);
    });
    return status == 0 ? report_failures(lesson, photos) : status;
}
