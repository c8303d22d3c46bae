#include "common/programs/experiment/report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>

#include "common/output_file.hpp"
#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/handin.hpp"
#include "common/programs/process.hpp"

namespace fs = std::filesystem;

namespace {

/// The plots, as their files are called.
constexpr std::array<const char*, 5> plot_names = {
    "speedup", "efficiency", "time", "phases", "timelines"};

/// The folder of this file, where page.html and the plots' scripts are.
const fs::path source = EXPERIMENT_SOURCE;

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The template with each {{name}} replaced by its part.
std::string filled(std::string page,
                   const std::map<std::string, std::string>& parts) {
    for (std::size_t at = 0; (at = page.find("{{", at)) != std::string::npos;) {
        const std::size_t end = page.find("}}", at);
        const std::string& part = parts.at(page.substr(at + 2, end - at - 2));
        page.replace(at, end + 2 - at, part);
        at += part.size();  // what was filled in is not looked at
    }
    return page;
}

/// A figure that holds the file; empty where there is no such file.
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
    int room = 12;  // a page must open
    std::string html;
    for (const LoggedRun& run : experiment.logged) {
        const fs::path map = run.folder / "picture_threads.png";
        if (!fs::exists(map) || --room < 0) continue;
        if (html.empty()) {
            html = figure(run.folder / "picture.png", "The picture");
        }
        html += figure(
            map, fmt::format("{}: imbalance {:.2f}",
                             run.folder.filename().string(), run.imbalance));
    }
    if (html.empty()) return "<p>This lesson makes none.</p>\n";
    return room < 0 ? html + "<p>The others are in the folder settings.</p>\n"
                    : html;
}

}  // namespace

std::vector<std::string> draw_plots(const fs::path& folder) {
    if (!run_process({.program = "gnuplot", .arguments = {"--version"}}).ok()) {
        return {
            "No plots: gnuplot is missing. Debian and Ubuntu: apt-get install "
            "gnuplot-nox"};
    }
    std::vector<std::string> problems;
    for (const auto& script : fs::directory_iterator(source / "plots")) {
        write_file(folder / script.path().filename(), content_of(script));
    }
    for (const std::string name : plot_names) {
        constexpr double long_enough = 120.0;  // seconds
        const Outcome outcome = run_process(
            {.program = "sh",
             .arguments = {"-c", "cd \"$1\" && exec gnuplot -d \"$2\".gp", "sh",
                           folder, name},
             .timeout = long_enough});
        if (outcome.ok()) continue;
        problems.push_back(fmt::format("gnuplot cannot draw {}: {}: {}",
                                       (folder / name).string() + ".gp",
                                       outcome.how_it_ended(), outcome.output));
        fs::remove(folder / (name + ".png"));
        fs::remove(folder / (name + ".svg"));
    }
    for (const std::string name : plot_names) {
        if (problems.empty() && !fs::exists(folder / (name + ".png"))) {
            fs::remove(folder / (name + ".gp"));
        }
    }
    return problems;
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

void write_report(const Experiment& experiment, const fs::path& folder) {
    const auto runs = [&](auto is_so) {
        return std::to_string(std::count_if(experiment.runs.begin(),
                                            experiment.runs.end(), is_so));
    };
    const std::vector<Row> rows = table_rows(experiment);
    const std::string speedup = plot(folder, "speedup");
    std::string plots;
    for (const std::string name : plot_names) {
        if (name != "speedup") plots += plot(folder, name);
    }
    const bool is_bad = experiment.headline.starts_with("WRONG") ||
                        experiment.headline.starts_with("FAILED");
    const std::string page = filled(
        content_of(source / "page.html"),
        {{"title", escape_html(experiment.assignment.title.empty()
                                   ? experiment.lesson
                                   : experiment.assignment.title)},
         {"heading", heading_html(experiment)},
         {"questions", questions_html(experiment)},
         {"machine", escape_html(experiment.machine)},
         {"started", escape_html(experiment.started)},
         {"command", escape_html(experiment.command)},
         {"headline", escape_html(experiment.headline)},
         {"headline_class", is_bad ? "headline bad" : "headline"},
         {"speedup", speedup.empty() ? "<p>No speedup to draw.</p>" : speedup},
         {"findings", list_items(experiment.findings)},
         {"notes", list_items(experiment.notes)},
         {"table", table_html(rows)},
         {"table_legend", rows.empty() ? "" : legend(rows.front())},
         {"runs_legend", legend(csv_row({}, experiment))},
         {"plots", plots.empty() ? "<p>There are none.</p>\n" : plots},
         {"maps", thread_maps(experiment)},
         {"processors", std::to_string(experiment.processors)},
         {"rounds", std::to_string(experiment.repeats)},
         {"planned_runs", std::to_string(experiment.planned_runs)},
         {"runs", std::to_string(experiment.runs.size())},
         {"failed_runs", runs([](const Run& run) { return !run.ok(); })},
         {"busy_runs", runs([](const Run& run) { return run.is_busy(); })}});
    write_file(folder / "report.html", page);
    if (experiment.assignment.empty()) return;
    write_file(folder / "report.md",
               report_markdown(experiment, fs::exists(folder / "speedup.png")));
}
