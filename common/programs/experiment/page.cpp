#include "common/programs/experiment/page.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <fstream>
#include <iterator>

#include "common/output_file.hpp"
#include "common/programs/experiment/columns.hpp"
#include "common/programs/process.hpp"

namespace fs = std::filesystem;

namespace {

/// The folder of this file, where the templates and the plots' scripts are.
const fs::path source = EXPERIMENT_SOURCE;

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string filled(const std::string& name,
                   std::map<std::string, std::string> parts) {
    parts["style"] = content_of(source / "page.css");
    std::string page = content_of(source / name);
    for (std::size_t at = 0; (at = page.find("{{", at)) != std::string::npos;) {
        const std::size_t end = page.find("}}", at);
        const std::string& part = parts.at(page.substr(at + 2, end - at - 2));
        page.replace(at, end + 2 - at, part);
        at += part.size();  // what was filled in is not looked at
    }
    return page;
}

std::string figure(const fs::path& file, const std::string& caption) {
    const std::string bytes = content_of(file);
    if (bytes.empty()) return "";
    return fmt::format(
        "<figure><img src=\"data:image/{};base64,{}\" alt=\"{}\">\n"
        "<figcaption>{}</figcaption></figure>\n",
        file.extension() == ".svg" ? "svg+xml" : "png", base64(bytes),
        escape_html(caption), escape_html(caption));
}

std::string plot(const fs::path& folder, const std::string& name) {
    const fs::path svg = folder / (name + ".svg");
    return figure(fs::exists(svg) ? svg : folder / (name + ".png"),
                  name + " (draw it again: gnuplot " + name + ".gp)");
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        // Three bytes are four digits of six bits; bytes beyond the end are 0,
        // and a digit of nothing but such bits is a '='.
        const std::string_view group = bytes.substr(i, 3);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            const char byte = k < group.size() ? group[k] : '\0';
            bits = bits << 8U | static_cast<unsigned char>(byte);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            const std::uint32_t digit = bits >> (18 - 6 * k) & 63U;
            text += k <= group.size() ? digits[digit] : '=';
        }
    }
    return text;
}

std::string no_gnuplot() {
    const bool is_there =
        run_process({.program = "gnuplot", .arguments = {"--version"}}).ok();
    return is_there ? ""
                    : "No plots: gnuplot is missing. Debian and Ubuntu: "
                      "apt-get install gnuplot-nox";
}

void copy_script(const fs::path& folder, const std::string& name) {
    write_file(folder / (name + ".gp"),
               content_of(source / "plots" / (name + ".gp")));
}

std::string draw(const fs::path& folder, const std::string& name) {
    copy_script(folder, name);
    constexpr double long_enough = 120.0;  // seconds
    const Outcome outcome = run_process(
        {.program = "sh",
         .arguments = {"-c", "cd \"$1\" && exec gnuplot -d \"$2\".gp", "sh",
                       folder, name},
         .timeout = long_enough});
    if (outcome.ok()) return "";
    fs::remove(folder / (name + ".png"));
    fs::remove(folder / (name + ".svg"));
    return fmt::format("gnuplot cannot draw {}: {}: {}",
                       (folder / name).string() + ".gp", outcome.how_it_ended(),
                       outcome.output);
}
