#include "common/programs/experiment/gnuplot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "common/output_file.hpp"
#include "common/programs/process.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

/// The text in lines of so many bytes at most, where its words allow it.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    while (text.size() > width) {
        std::size_t end = text.rfind(' ', width);
        if (end == std::string_view::npos) end = text.find(' ');
        if (end == std::string_view::npos) break;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    lines.emplace_back(text);
    return lines;
}

/// What stands below a drawing: how to read it, and where it comes from.
std::vector<std::string> caption(const Drawing& drawing,
                                 const Experiment& experiment) {
    constexpr std::size_t width = 116;  // that fits into 800 pixels
    constexpr std::size_t most_lines = 2;
    std::vector<std::string> lines;
    for (const std::string& text :
         {drawing.note, experiment.machine, experiment.command}) {
        if (text.empty()) continue;
        std::vector<std::string> part = wrapped(text, width);
        if (part.size() > most_lines) {
            part.resize(most_lines);
            part.back() += " ...";
        }
        lines.insert(lines.end(), part.begin(), part.end());
    }
    return lines;
}

/// A gnuplot expression for the lines as one text.
std::string text_of_lines(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        if (!text.empty()) text += " . \"\\n\" . \\\n    ";
        text += gnuplot_text(line);
    }
    return text;
}

}  // namespace

bool has_gnuplot() {
    return run_process({.program = "gnuplot", .arguments = {"--version"}}).ok();
}

std::string gnuplot_text(std::string_view text) {
    // What is special between double quotes goes by its number. (Single quotes
    // are no better: gnuplot 5.4 stumbles over several '' in a row.)
    constexpr std::string_view special = "\"\\`";
    std::string quoted = "\"";
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if (special.find(character) != std::string_view::npos) {
            quoted += fmt::format("\\{:03o}", code);
        } else {
            quoted += code < ' ' ? ' ' : character;
        }
    }
    return quoted + '"';
}

std::string gnuplot_script(const Drawing& drawing,
                           const Experiment& experiment) {
    const std::vector<std::string> lines = caption(drawing, experiment);
    const double height = drawing.height;
    const double caption_height = 13.5 * static_cast<double>(lines.size());
    constexpr double title_height = 44.0;
    constexpr double axis_height = 58.0;  // of its ticks and label
    return fmt::format(
        R"(# Draws {name}.svg and {name}.png: gnuplot {name}.gp

{commands}
set encoding utf8
set label 1 {title} at screen 0.012, screen {title_at:.4f} left font ',13'
set label 2 {caption} \
    at screen 0.012, screen {caption_at:.4f} left font ',9' \
    textcolor rgb '#555555'
set tmargin at screen {top:.4f}
set bmargin at screen {bottom:.4f}

set terminal svg noenhanced size 800,{height} font 'sans-serif,10' \
    fontscale 1.33 background 'white'
set output '{name}.svg'
plot {plots}

set terminal pngcairo noenhanced size 1600,{double_height} font 'Sans,10' \
    fontscale 2 linewidth 2 pointscale 2 background 'white'
set output '{name}.png'
replot
set output
)",
        fmt::arg("name", drawing.name), fmt::arg("commands", drawing.commands),
        fmt::arg("title", gnuplot_text(drawing.title)),
        fmt::arg("caption", text_of_lines(lines)),
        fmt::arg("title_at", 1.0 - title_height / 2 / height),
        fmt::arg("caption_at", caption_height / height),
        fmt::arg("top", 1.0 - title_height / height),
        fmt::arg("bottom", (caption_height + axis_height) / height),
        fmt::arg("height", drawing.height),
        fmt::arg("double_height", 2 * drawing.height),
        fmt::arg("plots", joined(drawing.plots, ", \\\n    ")));
}

Figure draw(const Drawing& drawing, const Experiment& experiment,
            const fs::path& folder) {
    Figure figure = {.title = drawing.title,
                     .svg = folder / (drawing.name + ".svg"),
                     .png = folder / (drawing.name + ".png")};
    const std::string script = drawing.name + ".gp";
    write_file(folder / script, gnuplot_script(drawing, experiment));

    constexpr double long_enough = 120.0;  // seconds
    const Outcome outcome = run_process(
        {.program = "gnuplot",
         .arguments = {"-d", "-e",  // -d: without the reader's own settings
                       fmt::format("cd {}; load {}",
                                   gnuplot_text(folder.string()),
                                   gnuplot_text(script))},
         .timeout = long_enough});
    if (!outcome.ok()) {
        std::error_code ignored;
        fs::remove(figure.svg, ignored);
        fs::remove(figure.png, ignored);
        throw std::runtime_error(fmt::format(
            "gnuplot cannot draw {}: {}\n{}", (folder / script).string(),
            outcome.how_it_ended(), outcome.output));
    }
    return figure;
}
