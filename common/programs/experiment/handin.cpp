#include "common/programs/experiment/handin.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "common/programs/experiment/columns.hpp"
#include "common/terminal.hpp"

namespace {

const std::string about_ranges =
    "The ranges are what the author of the assignment expects. Another machine "
    "may well be outside: then say why.";

Known value_of(const Summary& summary, const std::string& quantity) {
    static const std::map<std::string, Known Summary::*> members = {
        {"median", &Summary::median},
        {"speedup", &Summary::speedup},
        {"efficiency", &Summary::efficiency},
        {"scaling", &Summary::scaling},
        {"imbalance", &Summary::imbalance},
        {"bandwidth", &Summary::bandwidth}};
    return summary.*members.at(quantity);
}

/// Why nothing can be said of the setting; empty: it can.
std::string why_not_judged(const Summary& summary) {
    if (summary.judged) return "";
    const std::string reason = remarks(summary);
    return !reason.empty()    ? reason
           : summary.runs < 2 ? "one run is no verdict"
                              : "too few quiet runs";
}

/// The same, also of the setting with which this one is compared.
std::string why_not_judged(const Summary& summary, const std::string& quantity,
                           const Experiment& experiment) {
    const Setting& setting = summary.setting;
    Setting base = setting;
    if (quantity == "speedup" || quantity == "efficiency") {
        base = {"serial", 1, "", setting.size};
    } else if (quantity == "scaling") {
        base.threads = 1;
    }
    std::string reason = why_not_judged(summary);
    for (const Summary& other : experiment.summaries) {
        if (!reason.empty() || other.setting != base) continue;
        reason = why_not_judged(other);
        if (!reason.empty()) reason.insert(0, name_of(other) + ": ");
    }
    const bool is_known = value_of(summary, quantity).has_value();
    return reason.empty() && !is_known ? "not measured" : reason;
}

Row expected_row(const Expectation& expected, const Summary& summary,
                 const Experiment& experiment) {
    const Known value = value_of(summary, expected.quantity);
    const std::string reason =
        why_not_judged(summary, expected.quantity, experiment);
    const bool is_inside = value && std::stod(expected.low) <= *value &&
                           *value <= std::stod(expected.high);
    return {{"setting", name_of(summary), "", true},
            {"quantity", expected.quantity, "", true},
            {"expected", expected.low + " to " + expected.high},
            {"measured", value ? fmt::format("{:.4g}", *value) : "-"},
            {"verdict",
             !reason.empty() ? "cannot be judged: " + reason
             : is_inside     ? "in the range"
             : summary.oversubscribed
                 ? "outside the range, on more threads than processors"
                 : "outside the range",
             "", true}};
}

std::vector<Row> expected_rows(const Experiment& experiment) {
    std::vector<Row> rows;
    for (const Expectation& expected : experiment.assignment.expected) {
        for (const Summary& summary : experiment.summaries) {
            if (!is_about(expected, summary.setting)) continue;
            rows.push_back(expected_row(expected, summary, experiment));
        }
    }
    return rows;
}

std::string points_text(double points) {
    return fmt::format("{:g} point{}", points, points == 1.0 ? "" : "s");
}

/// " (2 points)" after a question; nothing where there are no points.
std::string points_of(const Assignment& assignment, std::size_t question) {
    return assignment.points.empty()
               ? ""
               : " (" + points_text(assignment.points[question]) + ")";
}

std::string all_points(const Assignment& assignment) {
    return assignment.points.empty() ? ""
                                     : " (" +
                                           points_text(std::accumulate(
                                               assignment.points.begin(),
                                               assignment.points.end(), 0.0)) +
                                           ")";
}

/// The question as HTML; what is in backticks is code, as in Markdown.
std::string question_html(const std::string& question) {
    std::string html;
    std::size_t at = 0;
    for (std::size_t end = 0;
         (end = question.find('`', at)) != std::string::npos;) {
        const std::size_t close = question.find('`', end + 1);
        if (close == std::string::npos) break;
        html += fmt::format(
            "{}<code>{}</code>", escape_html(question.substr(at, end - at)),
            escape_html(question.substr(end + 1, close - end - 1)));
        at = close + 1;
    }
    return html + escape_html(question.substr(at));
}

}  // namespace

bool is_about(const Expectation& expected, const Setting& setting) {
    const std::map<std::string, std::string> members = {
        {"version", setting.version},
        {"threads", std::to_string(setting.threads)},
        {"schedule", setting.schedule},
        {"size", setting.size}};
    const auto fits = [&](const auto& wanted) {
        return members.at(wanted.first) == wanted.second;
    };
    return std::all_of(expected.where.begin(), expected.where.end(), fits) &&
           (!setting.is_serial() || expected.where.contains("version"));
}

std::string heading_html(const Experiment& experiment) {
    const Assignment& assignment = experiment.assignment;
    if (assignment.empty()) return "";
    return fmt::format(
        "<p>Lesson {}{}</p>\n"
        "<p class=\"lines\"><span>Name:</span> <span>Date:</span></p>\n",
        escape_html(experiment.lesson),
        assignment.due.empty() ? "" : ", due on " + assignment.due);
}

std::string questions_html(const Experiment& experiment) {
    const Assignment& assignment = experiment.assignment;
    std::string html;
    if (const std::vector<Row> rows = expected_rows(experiment);
        !rows.empty()) {
        html += "<h2>Expected and measured</h2>\n<p>" + about_ranges +
                "</p>\n<div class=\"scroll\" tabindex=\"0\">\n" +
                table_html(rows) + "</div>\n";
    }
    if (assignment.questions.empty()) return html;
    html += "<h2>Questions" + all_points(assignment) +
            "</h2>\n<ol class=\"questions\">\n";
    for (std::size_t i = 0; i < assignment.questions.size(); ++i) {
        html += "<li>" + question_html(assignment.questions[i]) +
                points_of(assignment, i) +
                "\n<div class=\"answer\"></div></li>\n";
    }
    return html + "</ol>\n";
}

std::string report_markdown(const Experiment& experiment, bool has_plot) {
    const Assignment& assignment = experiment.assignment;
    std::string text = fmt::format(
        "# {}\n\n- Lesson: {}\n",
        assignment.title.empty() ? experiment.lesson : assignment.title,
        experiment.lesson);
    if (!assignment.due.empty()) {
        text += "- Due on: " + assignment.due + "\n";
    }
    text += fmt::format(
        "- Name:\n- Date:\n- Machine: {}\n- Measured: {}\n\n"
        "```\n{}\n```\n\n## Results\n\n{}\n\n",
        printable(experiment.machine), experiment.started,
        printable(experiment.command), printable(experiment.headline));
    if (has_plot) text += "![The speedup](speedup.png)\n\n";
    text += table_markdown(table_rows(experiment)) +
            "\n`report.html` says what the columns mean.\n";
    if (const std::vector<Row> rows = expected_rows(experiment);
        !rows.empty()) {
        text += "\n## Expected and measured\n\n" + about_ranges + "\n\n" +
                table_markdown(rows);
    }
    if (assignment.questions.empty()) return text;
    text += "\n## Questions" + all_points(assignment) + "\n";
    for (std::size_t i = 0; i < assignment.questions.size(); ++i) {
        text += fmt::format("\n### Question {}{}\n\n{}\n\nAnswer:\n\n", i + 1,
                            points_of(assignment, i), assignment.questions[i]);
    }
    return text;
}
