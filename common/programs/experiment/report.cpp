#include "common/programs/experiment/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>

#include "common/output_file.hpp"
#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/plots.hpp"

namespace fs = std::filesystem;

namespace {

/// The template with what belongs in place of each {{name}}.
std::string filled(std::string_view page,
                   const std::map<std::string, std::string>& parts) {
    std::string text;
    while (true) {
        const std::size_t start = page.find("{{");
        text += page.substr(0, start);
        if (start == std::string_view::npos) return text;
        const std::size_t end = page.find("}}", start);
        text += parts.at(std::string(page.substr(start + 2, end - start - 2)));
        page.remove_prefix(end + 2);
    }
}

/// A figure that holds the file; empty where there is no such file.
std::string figure(const fs::path& file, const std::string& caption) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
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
                  "Redraw it: gnuplot " + name + ".gp");
}

std::string list_items(const std::vector<std::string>& sentences) {
    std::string html;
    for (const std::string& sentence : sentences) {
        html += "<li>" + escape_html(sentence) + "</li>\n";
    }
    return html.empty() ? "<li>None.</li>\n" : html;
}

std::string legend(const Row& row) {
    std::string html;
    for (const Cell& cell : row) {
        if (cell.meaning.empty()) continue;
        html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", cell.heading,
                            escape_html(cell.meaning));
    }
    return html;
}

/// The picture that the lesson made, and the thread maps beside it.
std::string thread_maps(const Experiment& experiment) {
    std::uintmax_t room = 16U << 20U;  // bytes of pictures: a page must open
    std::string html;
    const auto add = [&](const fs::path& file, const std::string& caption) {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(file, error);
        if (error) return;
        if (size > room) {
            html += fmt::format("<p>Too large for this page: {}</p>\n",
                                escape_html(file.string()));
            return;
        }
        room -= size;
        html += figure(file, caption);
    };
    for (const LoggedRun& run : experiment.logged) {
        if (!fs::exists(run.folder / "picture_threads.png")) continue;
        if (html.empty()) add(run.folder / "picture.png", "the picture");
        for (const Summary& summary : experiment.summaries) {
            if (summary.setting != run.setting) continue;
            add(run.folder / "picture_threads.png",
                fmt::format("{}: imbalance {:.2f}",
                            name_of(summary, experiment), run.imbalance));
        }
    }
    return html.empty() ? "<p>This lesson makes none.</p>\n" : html;
}

}  // namespace

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

void write_report(const Experiment& experiment, const fs::path& folder) {
    const auto runs = [&](auto is_so) {
        return std::to_string(std::count_if(experiment.runs.begin(),
                                            experiment.runs.end(), is_so));
    };
    const std::vector<Row> rows = table_rows(experiment);
    const std::string speedup = plot(folder, plot_names.front());
    std::string plots;
    for (const std::string& name : plot_names) {
        if (name != plot_names.front()) plots += plot(folder, name);
    }
    const bool is_bad = experiment.headline.starts_with("WRONG") ||
                        experiment.headline.starts_with("FAILED");
    const std::string page = filled(
        built_in_file("page.html"),
        {{"lesson", escape_html(experiment.lesson)},
         {"machine", escape_html(experiment.machine)},
         {"started", escape_html(experiment.started)},
         {"command", escape_html(experiment.command)},
         {"headline", escape_html(experiment.headline)},
         {"headline_class", is_bad ? "headline bad" : "headline"},
         {"speedup", speedup.empty() ? "<p>No speedup to draw.</p>" : speedup},
         {"findings", list_items(experiment.findings)},
         {"notes", list_items(experiment.notes)},
         {"table", table_html(experiment)},
         {"table_legend", rows.empty() ? "" : legend(rows.front())},
         {"runs_legend", legend(csv_row({}, experiment))},
         {"plots", plots.empty() ? "<p>There are none.</p>\n" : plots},
         {"maps", thread_maps(experiment)},
         {"processors", std::to_string(experiment.processors)},
         {"rounds", std::to_string(experiment.repeats)},
         {"planned_runs", std::to_string(experiment.planned_runs)},
         {"runs", std::to_string(experiment.runs.size())},
         {"failed_runs", runs([](const Run& run) { return !run.ok(); })},
         {"busy_runs", runs([](const Run& run) { return run.is_busy(); })},
         {"repeated_runs",
          runs([](const Run& run) { return run.attempt > 1; })},
         {"counted_runs", runs([](const Run& run) { return run.counted; })}});
    write_file(folder / "report.html", page);
}
