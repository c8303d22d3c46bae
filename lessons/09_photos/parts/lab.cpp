#include "lab.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "blur.hpp"
#include "common/lesson.hpp"
#include "common/output_file.hpp"
#include "common/png.hpp"
#include "common/scale.hpp"
#include "common/timer.hpp"
#include "png_header.hpp"

namespace fs = std::filesystem;

namespace {

/// Adds the time from here to the end of the block to a sum.
class Timed {
 public:
    explicit Timed(double& seconds) : seconds_(seconds) {}
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;
    ~Timed() { seconds_ += timer_.seconds(); }

 private:
    double& seconds_;
    Timer timer_;
};

/// The size that a photo has at the lab's width.
Size scaled_size(const Size& original, const Lab& lab) {
    if (lab.width == 0 || original.width == 0) return original;
    return {lab.width, std::max<std::int64_t>(
                           1, original.height * lab.width / original.width)};
}

std::string text_or(const PngHeader& header, const std::string& keyword,
                    const std::string& otherwise) {
    const auto found = header.texts.find(keyword);
    return found == header.texts.end() ? otherwise : found->second;
}

void describe(Photo& photo, const PngHeader& header) {
    photo.label = text_or(header, "Title", photo.name);
    photo.source = text_or(header, "Source",
                           text_or(header, "Author", photo.file.string()));
    photo.mode = header.mode;
    photo.original = {header.width, header.height};
}

/// Reads a photo of which `copies` more, of the given size, are to be made. The
/// whole team does the same at this time, so there has to be room for that.
Image read_photo(Photo& photo, const Lab& lab, const Size& size, int copies) {
    if (size.width > 0 && size.height > lab.max_pixels / size.width) {
        const double count =
            static_cast<double>(size.width) * static_cast<double>(size.height);
        throw std::runtime_error(fmt::format(
            "{}: {} x {} would be {:.0f} pixels and the limit is {}: choose a "
            "smaller --width or raise --max-pixels",
            photo.file.string(), size.width, size.height, count,
            lab.max_pixels));
    }
    const std::int64_t pixels = photo.original.width * photo.original.height;
    if (pixels <= lab.max_pixels) {
        const std::int64_t bytes =
            4 * (pixels + copies * size.width * size.height);
        try {
            Lesson::require_memory(bytes * Lesson::team_size(),
                                   "--width or --threads");
        } catch (const std::runtime_error& problem) {
            throw std::runtime_error(
                fmt::format("{}: {}", photo.file.string(), problem.what()));
        }
    }
    const Timed timed(photo.phases.read);
    return read_png(photo.file, lab.max_pixels);
}

/// Throws for what is no file to read from: a pipe would keep us waiting.
void require_file(const fs::path& file) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (fs::is_directory(status)) {
        const fs::directory_iterator content(file, error);
        if (error) {
            throw std::runtime_error(fmt::format("{}: cannot be read: {}: {}",
                                                 file.string(), error.message(),
                                                 permission_advice(file, 'r')));
        }
    } else if (fs::exists(status) && !fs::is_regular_file(status)) {
        throw std::runtime_error(fmt::format(
            "{}: is a pipe or a device: name a PNG file", file.string()));
    }
}

/// A photo as if nothing had been done with it.
void begin(Photo& photo) {
    photo.label = photo.name;
    photo.source = photo.file.string();
    photo.results.clear();
    photo.cells.clear();
    photo.phases = {};
    require_file(photo.file);
    const Timed timed(photo.phases.read);
    const std::optional<PngHeader> header = read_png_header(photo.file);
    if (header) describe(photo, *header);
}

/// Does the work on a photo; where that fails, no result of it stays.
template <typename Work>
void from_scratch(Photo& photo, const Work& work) {
    begin(photo);
    try {
        work();
    } catch (...) {
        std::error_code ignored;
        for (const fs::path& file : photo.results) {
            fs::remove(file, ignored);
            fs::remove(file.parent_path(), ignored);  // once it is empty
        }
        photo.results.clear();
        photo.cells.clear();
        throw;
    }
}

/// Writes a result, and makes its cell of the sheet.
void keep(const Image& image, const fs::path& file, Photo& photo) {
    {
        const Timed timed(photo.phases.write);
        make_folder(file.parent_path());
        write_png(image, file);
    }
    photo.results.push_back(file);
    const Timed timed(photo.phases.compute);
    if (photo.on_sheet) photo.cells.push_back(fit_within(image, cell_side));
}

/// The picture with every pixel replaced by change(pixel).
template <typename Change>
Image view_of(const Image& image, const Change& change) {
    Image view = image;
    for (int y = 0; y < view.height(); ++y) {
        for (Pixel& pixel : view.row(y)) pixel = change(pixel);
    }
    return view;
}

Pixel grey(Pixel pixel) {
    const int sum = pixel.red + pixel.green + pixel.blue;
    const auto mean = static_cast<std::uint8_t>(sum / 3);
    return {mean, mean, mean};
}
Pixel red(Pixel pixel) { return {pixel.red, 0, 0}; }
Pixel green(Pixel pixel) { return {0, pixel.green, 0}; }
Pixel blue(Pixel pixel) { return {0, 0, pixel.blue}; }

/// One of the lab's filters.
struct Filter {
    const char* file;
    Image (*apply)(const Image&);
};

constexpr std::array<Filter, 4> filters = {
    {{"grey.png", [](const Image& image) { return view_of(image, grey); }},
     {"red.png", [](const Image& image) { return view_of(image, red); }},
     {"green.png", [](const Image& image) { return view_of(image, green); }},
     {"blue.png", [](const Image& image) { return view_of(image, blue); }}}};

}  // namespace

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw std::runtime_error(
            fmt::format("{}: cannot be made: {}: name another folder with "
                        "--output",
                        folder.string(), error.message()));
    }
}

void make_views(Photo& photo, const Lab& lab) {
    from_scratch(photo, [&] {
        const Size size = scaled_size(photo.original, lab);
        Image image = read_photo(photo, lab, size, 2);
        photo.scaled = size;
        if (size != photo.original) {
            const Timed timed(photo.phases.compute);
            image = scale_to_width(image, lab.width);
        }
        const fs::path folder = lab.output / "pictures" / photo.name;
        keep(image, folder / "original.png", photo);
        for (const Filter& filter : filters) {
            Image view;
            {
                const Timed timed(photo.phases.compute);
                view = filter.apply(image);
            }
            keep(view, folder / filter.file, photo);
        }
    });
}

void make_thumbnail(Photo& photo, const Lab& lab) {
    from_scratch(photo, [&] {
        Image image = read_photo(photo, lab, photo.original, 1);
        {
            const Timed timed(photo.phases.compute);
            image = fit_within(gaussian_blur(image, lab.sigma), lab.side);
        }
        photo.scaled = {image.width(), image.height()};
        keep(image, lab.output / "thumbnails" / (photo.name + ".png"), photo);
    });
}

std::vector<fs::path> results_of(const std::vector<Photo>& photos,
                                 const Lab& lab) {
    std::vector<fs::path> files = {lab.output / "index.html",
                                   lab.output / "contact_sheet.png"};
    for (const Photo& photo : photos) {
        const fs::path folder = lab.output / "pictures" / photo.name;
        files.push_back(lab.output / "thumbnails" / (photo.name + ".png"));
        files.push_back(folder / "original.png");
        for (const Filter& filter : filters) {
            files.push_back(folder / filter.file);
        }
    }
    return files;
}
