#include "page.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "common/output_file.hpp"
#include "common/png.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

constexpr int columns = 5;
constexpr int gap = 8;  // pixels between cells, and around them
constexpr Pixel paper = {238, 238, 238};

/// Lays a cell on the sheet; where it is transparent the paper shows.
void lay(const Image& cell, Image& sheet, int left, int top) {
    for (int y = 0; y < cell.height(); ++y) {
        const std::span<const Pixel> from = cell.row(y);
        const std::span<Pixel> to = sheet.row(top + y).subspan(left);
        for (std::size_t x = 0; x < from.size(); ++x) {
            const int opacity = cell.has_alpha() ? cell.alpha_row(y)[x] : 255;
            const auto mix = [opacity](int over, int under) {
                return static_cast<std::uint8_t>(
                    (over * opacity + under * (255 - opacity)) / 255);
            };
            to[x] = {mix(from[x].red, paper.red),
                     mix(from[x].green, paper.green),
                     mix(from[x].blue, paper.blue)};
        }
    }
}

/// A text as HTML needs it, printable().
std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : printable(text)) {
        switch (letter) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += letter;
        }
    }
    return result;
}

/// A file's path as an address (RFC 3986): what is no plain letter, digit or
/// mark is written as its bytes' numbers.
std::string address_of(const fs::path& file) {
    constexpr std::string_view plain = "-._~/";
    std::string result;
    for (const char letter : file.generic_string()) {
        const auto code = static_cast<std::uint8_t>(letter);
        const bool is_plain = (letter >= 'a' && letter <= 'z') ||
                              (letter >= 'A' && letter <= 'Z') ||
                              (letter >= '0' && letter <= '9') ||
                              plain.find(letter) != std::string_view::npos;
        if (is_plain) {
            result += letter;
        } else {
            result += fmt::format("%{:02X}", code);
        }
    }
    return result;
}

std::string text_of(const Size& size) {
    return fmt::format("{} x {}", size.width, size.height);
}

std::string section_of(const Photo& photo, const fs::path& folder) {
    std::string html = fmt::format(
        "<section>\n<h2>{}</h2>\n"
        "<p>source: {}<br>format: PNG, mode: {}<br>"
        "original size: {}, scaled size: {}</p>\n<div>\n",
        escaped(photo.label), escaped(photo.source), escaped(photo.mode),
        text_of(photo.original), text_of(photo.scaled));
    for (const fs::path& result : photo.results) {
        const fs::path link = result.lexically_relative(folder);
        const std::string name = escaped(result.stem().string());
        html += fmt::format(
            "<figure><a href=\"{0}\"><img src=\"{0}\" loading=\"lazy\" "
            "alt=\"{1}\"></a><figcaption>{1}</figcaption></figure>\n",
            address_of(link), name);
    }
    return html + "</div>\n</section>\n";
}

constexpr std::string_view page_head =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<title>The image lab</title>\n<style>\n"
    "body { font-family: sans-serif; max-width: 75em; margin: 2em auto; "
    "padding: 0 1em; }\n"
    "div { display: flex; gap: 1em; }\n"
    "figure { margin: 0; flex: 0 1 20em; text-align: center; }\n"
    "img { max-width: 100%; }\n"
    "</style>\n</head>\n<body>\n<h1>The image lab</h1>\n";

}  // namespace

Image sheet_of(const std::vector<Photo>& photos) {
    std::vector<const Image*> cells;
    for (const Photo& photo : photos) {
        if (!photo.error.empty()) continue;
        for (const Image& cell : photo.cells) cells.push_back(&cell);
    }
    // The rows' upper edges, and after the last one the sheet's lower edge.
    std::vector<int> tops = {gap};
    for (std::size_t i = 0; i < cells.size(); i += columns) {
        int height = 0;
        for (std::size_t k = i; k < std::min(i + columns, cells.size()); ++k) {
            height = std::max(height, cells[k]->height());
        }
        tops.push_back(tops.back() + height + gap);
    }
    Image sheet(gap + columns * (cell_side + gap), tops.back());
    for (int y = 0; y < sheet.height(); ++y) {
        std::ranges::fill(sheet.row(y), paper);
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const int column = static_cast<int>(i % columns);
        lay(*cells[i], sheet, gap + column * (cell_side + gap),
            tops[i / columns]);
    }
    return sheet;
}

std::string page_of(const std::vector<Photo>& photos, const fs::path& folder) {
    std::string html(page_head);
    const auto failed =
        std::count_if(photos.begin(), photos.end(),
                      [](const Photo& photo) { return !photo.error.empty(); });
    html += fmt::format(
        "<p>Pictures: {}{}. <a href=\"contact_sheet.png\">Contact "
        "sheet</a>{}</p>\n",
        photos.size(),
        failed > 0 ? fmt::format(", of which {} could not be done", failed)
                   : "",
        photos.size() > most_on_sheet
            ? fmt::format(" of the first {}", most_on_sheet)
            : "");
    for (const Photo& photo : photos) {
        if (photo.error.empty()) html += section_of(photo, folder);
    }
    if (failed > 0) html += "<h2>Could not be done</h2>\n<ul>\n";
    for (const Photo& photo : photos) {
        if (photo.error.empty()) continue;
        html += fmt::format("<li>{}</li>\n", escaped(photo.error));
    }
    if (failed > 0) html += "</ul>\n";
    return html + "</body>\n</html>\n";
}

void write_page(const std::vector<Photo>& photos, const fs::path& folder) {
    make_folder(folder);
    write_png(sheet_of(photos), folder / "contact_sheet.png");
    OutputFile page(folder / "index.html");
    page.write(page_of(photos, folder));
    page.commit();
}

std::string summary_of(const std::vector<Photo>& photos) {
    constexpr std::size_t most_lines = 20;
    const auto line = [](const std::string& label, const std::string& format,
                         const std::string& mode, const std::string& original,
                         const std::string& scaled, const std::string& source) {
        return fmt::format("{:<16} {:<7} {:<12} {:>13} {:>13}   {}\n", label,
                           format, mode, original, scaled, source);
    };
    std::string text =
        line("label", "format", "mode", "original", "scaled", "source");
    std::size_t lines = 0;
    std::size_t done = 0;
    Phases sum;
    for (const Photo& photo : photos) {
        if (!photo.error.empty()) continue;
        ++done;
        sum.read += photo.phases.read;
        sum.compute += photo.phases.compute;
        sum.write += photo.phases.write;
        if (lines == most_lines) continue;
        ++lines;
        text += line(printable(photo.label), "PNG", photo.mode,
                     text_of(photo.original), text_of(photo.scaled),
                     printable(photo.source));
    }
    if (done > lines) {
        text += fmt::format("... and {} more\n", done - lines);
    }
    const double all = std::max(sum.read + sum.compute + sum.write, 1e-9);
    const auto phase = [all](double seconds) {
        return fmt::format("{} ({:.0f} %)", seconds_text(seconds),
                           100.0 * seconds / all);
    };
    return text + fmt::format(
                      "phases, all threads: read {}, compute {}, "
                      "write {}\n",
                      phase(sum.read), phase(sum.compute), phase(sum.write));
}
