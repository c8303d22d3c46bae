#include "common/programs/experiment/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "common/output_file.hpp"
#include "common/programs/experiment/html.hpp"
#include "common/programs/experiment/names.hpp"
#include "common/programs/experiment/report_table.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

/// The page's start. The policy forbids whatever the page does not hold itself.
constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<link rel="icon" href="data:,">
<style>
:root {
    color-scheme: light dark;
    --text: #1a1a1a; --soft: #595959; --page: #fff; --line: #d9d9d9;
    --bad: #b00020; --mark: #fdf0d5;
}
@media (prefers-color-scheme: dark) {
    :root {
        --text: #e8e8e8; --soft: #a8a8a8; --page: #161616; --line: #3d3d3d;
        --bad: #ff8a80; --mark: #4a3b12;
    }
}
body {
    margin: 0 auto; max-width: 76rem; padding: 1rem 1.25rem 3rem;
    font: 1rem/1.5 system-ui, sans-serif;
    color: var(--text); background: var(--page);
}
h1, h2 { line-height: 1.2; }
h2 { margin-top: 2.5rem; }
.soft, figcaption { color: var(--soft); font-size: 0.9rem; }
.bad { color: var(--bad); }
.mark {
    background: var(--mark); padding: 0 0.4em; border-radius: 0.3em;
    white-space: nowrap;
}
.scroll { overflow-x: auto; }
table {
    border-collapse: collapse; font-size: 0.9rem;
    font-variant-numeric: tabular-nums;
}
th, td {
    padding: 0.25rem 0.5rem; text-align: right; white-space: nowrap;
    border-bottom: 1px solid var(--line);
}
th { white-space: normal; vertical-align: bottom; }
.words { text-align: left; }
td.words:last-child { white-space: normal; min-width: 10rem; }
figure { margin: 1.5rem 0; }
img { max-width: min(100%, 800px); height: auto; background: #fff; }
.maps {
    display: grid; gap: 1rem;
    grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr));
}
.maps figure { margin: 0; }
.maps img { width: 100%; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
</style>
)";

std::string headline(const Experiment& experiment) {
    const bool wrong =
        std::any_of(experiment.summaries.begin(), experiment.summaries.end(),
                    [](const Summary& summary) { return summary.wrong; });
    return fmt::format(
        "<title>{0}: an experiment</title>\n</head>\n<body>\n"
        "<header>\n<h1{1}>{0}{2}</h1>\n<p class=\"soft\">{3}, {4}</p>\n"
        "</header>\n<main>\n",
        escape_html(experiment.lesson), wrong ? R"( class="bad")" : "",
        wrong ? ": WRONG RESULT" : "", escape_html(experiment.machine),
        escape_html(experiment.started));
}

std::string findings_section(const Experiment& experiment) {
    std::string html = "<section>\n<h2>Findings</h2>\n<ul>\n";
    for (const std::string& finding : experiment.findings) {
        const bool alarming =
            finding.starts_with("WRONG") || finding.starts_with("FAILED");
        html +=
            fmt::format("<li{}>{}</li>\n", alarming ? R"( class="bad")" : "",
                        escape_html(finding));
    }
    return experiment.findings.empty() ? "" : html + "</ul>\n</section>\n";
}

std::string figure_html(const std::string& source, const std::string& about,
                        const std::string& caption) {
    return fmt::format(
        "<figure><img src=\"{}\" alt=\"{}\">\n<figcaption>{}</figcaption>"
        "</figure>\n",
        source, escape_html(about), escape_html(caption));
}

/// A figure by the smaller one of its files: SVG for a few lines, PNG for
/// thousands of bars.
std::string figure_source(const Figure& figure) {
    return fs::file_size(figure.svg) <= fs::file_size(figure.png)
               ? data_uri(figure.svg, "image/svg+xml")
               : data_uri(figure.png, "image/png");
}

std::string figures_section(const std::vector<Figure>& figures) {
    std::string html = "<section>\n<h2>Figures</h2>\n";
    if (figures.empty()) {
        html +=
            "<p>There are none: gnuplot is missing, or no setting went "
            "well.</p>\n";
    }
    for (const Figure& figure : figures) {
        html +=
            figure_html(figure_source(figure), figure.title,
                        fmt::format("{} (files: {}.svg, .png, .gp)",
                                    figure.title, figure.svg.stem().string()));
    }
    return html + "</section>\n";
}

/// The picture that the lesson made, and the thread maps beside it.
std::string maps_section(const Experiment& experiment) {
    const Names names(experiment);
    std::uintmax_t room = 16U << 20U;  // bytes of pictures: a page must open
    std::string html;
    std::string left_out;
    const auto add = [&](const fs::path& file, const std::string& about,
                         const std::string& caption) {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(file, error);
        if (error) return;
        if (size > room) {
            left_out += ' ';
            left_out += file.filename().string();
            return;
        }
        room -= size;
        html += figure_html(data_uri(file, "image/png"), about, caption);
    };
    for (const LoggedRun& run : experiment.logged) {
        if (run.thread_map.empty()) continue;
        const std::string name = names.whole(run.setting);
        if (html.empty()) add(run.picture, "The picture", "the picture");
        add(run.thread_map, "Thread map: " + name,
            fmt::format("{}: imbalance {:.2f}", name,
                        std::max(0.0, run.imbalance)));
    }
    if (!left_out.empty()) {
        left_out = fmt::format(
            "<p class=\"soft\">Too large for this page, but in its folder:"
            "{}</p>\n",
            escape_html(left_out));
    }
    if (html.empty() && left_out.empty()) return "";
    return "<section>\n<h2>Which thread did which row</h2>\n"
           "<p>A colour is a thread; the colours are those of the "
           "timelines.</p>\n<div class=\"maps\">\n" +
           html + "</div>\n" + left_out + "</section>\n";
}

std::string how_many(const Experiment& experiment, bool (*is_so)(const Run&)) {
    return count_text(
        std::count_if(experiment.runs.begin(), experiment.runs.end(), is_so));
}

std::string method_section(const Experiment& experiment) {
    std::string html = "<section>\n<h2>How it was measured</h2>\n<dl>\n";
    const auto add = [&](const char* term, const std::string& text) {
        html +=
            fmt::format("<dt>{}</dt><dd>{}</dd>\n", term, escape_html(text));
    };
    add("Command", experiment.command);
    add("Machine", experiment.machine);
    add("Processors",
        fmt::format("{} that the programs could use", experiment.processors));
    add("Started", experiment.started);
    add("Runs",
        fmt::format(
            "{} rounds; each round runs every setting once, in turn, "
            "in a process of its own with a warm-up, and a control "
            "beside it. {} runs were made, {} of them failed.",
            experiment.repeats,
            how_many(experiment, [](const Run&) { return true; }),
            how_many(experiment, [](const Run& run) { return !run.ok(); })));
    add("Busy machine",
        fmt::format("{} runs had a control with an efficiency below {}. "
                    "{} runs were repetitions for that reason.",
                    how_many(experiment,
                             [](const Run& run) {
                                 return run.control_efficiency > 0.0 &&
                                        run.control_efficiency < quiet;
                             }),
                    quiet, how_many(experiment, [](const Run& run) {
                        return run.attempt > 1;
                    })));
    if (experiment.interrupted) {
        add("Interrupted",
            fmt::format("{} runs were planned; what is shown rests on fewer.",
                        experiment.planned_runs));
    }
    add("Files",
        "Beside this page: runs.csv (every run), summary.json, figures as SVG "
        "and PNG with their gnuplot scripts.");
    return html + "</dl>\n</section>\n";
}

}  // namespace

void write_report(const Experiment& experiment,
                  const std::vector<Figure>& figures, const fs::path& file) {
    OutputFile out(file);
    out.write(head);
    out.write(headline(experiment));
    out.write(findings_section(experiment));
    out.write("<section>\n<h2>All settings</h2>\n" + table_html(experiment) +
              "</section>\n");
    out.write(figures_section(figures));
    out.write(maps_section(experiment));
    out.write(method_section(experiment));
    out.write("</main>\n</body>\n</html>\n");
    out.commit();
}
