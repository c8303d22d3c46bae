// Paints the workbook's pictures, at any width.
//
// The columns of a picture do not need each other: a team of threads shares
// them out. Columns, not rows, because the volcano has work that serves a
// whole column. They take very different times, hence schedule(dynamic).

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <vector>

#include "common/image.hpp"
#include "common/openmp.hpp"
#include "common/png.hpp"
#include "common/terminal.hpp"
#include "common/timer.hpp"
#include "data/noise.hpp"
#include "data/scene.hpp"

namespace {

constexpr int done = 0;
constexpr int could_not = 1;
constexpr int wrong_use = 2;

constexpr int widest = 16384;  // in pixels
constexpr int most_threads = 1024;

const std::array<const Scene*, 3> scenes{&green, &clouds, &volcano};

const Scene& scene_named(const std::string& name) {
    const auto* const found =
        std::find_if(scenes.begin(), scenes.end(),
                     [&](const Scene* scene) { return scene->name == name; });
    return **found;
}

/// A number 0 .. 1 as a byte.
std::uint8_t to_byte(double value) {
    return static_cast<std::uint8_t>(
        std::floor(std::clamp(value, 0.0, 1.0) * 255 + 0.5));
}

/// What a film would make of an amount of light: more light counts for less
/// and less, dark and bright are drawn apart, and there is grain.
std::uint8_t developed(double light, double grain) {
    const double exposed = std::sqrt(1 - fade(1.4 * std::max(light, 0.0)));
    return to_byte(mix(exposed, ease(exposed), 0.5) + grain);
}

/// Random grain: the sum of several random numbers is nearly normal.
double grain_at(int x, int y, int channel) {
    double sum = 0;
    for (int i = 0; i < 4; ++i) {
        sum += random_at(x, y, 4 * channel + i) - 0.5;
    }
    return sum;
}

/// Samples of a pixel along each side. A small picture can afford more.
int samples_at(int width) { return std::clamp(2400 / width, 1, 4); }

/// Paints column x; no other column is read or written.
void paint_column(const Scene& scene, int x, Image& image) {
    const int samples = samples_at(image.width());
    const double step = 1.0 / samples / image.width();
    const auto height = static_cast<std::size_t>(image.height());
    std::vector<double> y(height * static_cast<std::size_t>(samples));
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = (static_cast<double>(i) + 0.5) * step;
    }
    std::vector<Colour> colours(y.size());
    std::vector<Colour> light(height);
    for (int i = 0; i < samples; ++i) {
        scene.paint_column((x * samples + i + 0.5) * step, y, colours);
        for (std::size_t k = 0; k < y.size(); ++k) {
            Colour& sum = light[k / static_cast<std::size_t>(samples)];
            sum = sum + colours[k] * (1.0 / (samples * samples));
        }
    }
    const auto column = static_cast<std::size_t>(x);
    for (int row = 0; row < image.height(); ++row) {
        const Colour seen = light[static_cast<std::size_t>(row)];
        const auto grain = [&](int channel) {
            return scene.grain * grain_at(x, row, channel);
        };
        image.row(row)[column] = {developed(seen.x, grain(0)),
                                  developed(seen.y, grain(1)),
                                  developed(seen.z, grain(2))};
        if (image.has_alpha()) {
            const double across = (x + 0.5) / image.width();
            const double down = (row + 0.5) / image.width();
            image.alpha_row(row)[column] =
                to_byte(scene.opacity_at(across, down));
        }
    }
}

Image paint(const Scene& scene, int width) {
    const int height =
        std::max(1, width * scene.shape_height / scene.shape_width);
    Image image(width, height, scene.opacity_at != nullptr);
    const Timer timer;
    int columns = 0;
#pragma omp parallel for schedule(dynamic)
    for (int x = 0; x < width; ++x) {
        paint_column(scene, x, image);
#pragma omp critical
        if (++columns % 16 == 0 && timer.seconds() > 2) {
            show_progress(fmt::format("{}: {} % painted", scene.name,
                                      100 * columns / width));
        }
    }
    show_progress("");
    return image;
}

/// Does what the command line asks for.
int run(int argc, char** argv) {
    std::string name;
    int width = 0;
    int threads = 0;
    std::string output;

    CLI::App options("Paints one of the workbook's pictures.", "paint");
    options.add_option("PICTURE", name, "green, clouds or volcano")
        ->required()
        ->check(CLI::IsMember({"green", "clouds", "volcano"}))
        ->type_name("");
    options
        .add_option("--width", width,
                    "width in pixels; unless given, that of the file in data/")
        ->check(CLI::Range(1, widest))
        ->type_name("N");
    options
        .add_option("--output", output,
                    "file to write; unless given, PICTURE.png, if there is "
                    "none yet")
        ->check([](const std::string& file) {
            return file.empty() ? "'' names no file" : "";
        })
        ->type_name("FILE");
    options
        .add_option("--threads", threads,
                    "threads of the team; unless given, OMP_NUM_THREADS or as "
                    "many as there are processors")
        ->check(CLI::Range(1, most_threads))
        ->type_name("N");
    options.get_formatter()->column_width(28);
    try {
        options.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", options.help());
        return done;
    } catch (const CLI::ParseError& error) {
        fmt::print(stderr, "paint: {}: see --help\n", printable(error.what()));
        return wrong_use;
    }

    if (output.empty()) {
        output = name + ".png";
        if (std::filesystem::exists(output)) {
            fmt::print(stderr,
                       "paint: {}: is there already: --output {} replaces it\n",
                       output, output);
            return wrong_use;
        }
    }

    const Scene& scene = scene_named(name);
    if (threads > 0) {
        omp_set_num_threads(threads);
    }
    write_png(paint(scene, width > 0 ? width : scene.width), output,
              PngEffort::small);
    return done;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        std::fputs("paint: not enough memory: take a smaller --width\n",
                   stderr);
    } catch (const std::exception& error) {
        fmt::print(stderr, "paint: {}\n", printable(error.what()));
    }
    return could_not;
}
