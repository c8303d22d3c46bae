#include "common/programs/experiment/report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "common/output_file.hpp"
#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/handin.hpp"
#include "common/programs/experiment/page.hpp"

namespace fs = std::filesystem;

namespace {

/// The plots, as their files are called.
constexpr std::array<const char*, 5> plot_names = {
    "speedup", "efficiency", "time", "phases", "timelines"};

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
    std::vector<std::string> problems;
    if (!no_gnuplot().empty()) return {no_gnuplot()};
    for (const char* shared : {"style", "table", "chart"}) {
        copy_script(folder, shared);
    }
    for (const std::string name : plot_names) {
        const std::string problem = draw(folder, name);
        if (!problem.empty()) problems.push_back(problem);
    }
    for (const std::string name : plot_names) {
        if (problems.empty() && !fs::exists(folder / (name + ".png"))) {
            fs::remove(folder / (name + ".gp"));
        }
    }
    return problems;
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
        "page.html",
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
