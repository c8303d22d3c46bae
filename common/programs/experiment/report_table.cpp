#include "common/programs/experiment/report_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "common/programs/experiment/html.hpp"
#include "common/terminal.hpp"

namespace {

struct Column {
    const char* heading;
    bool words;                                       ///< not numbers
    std::function<std::string(const Summary&)> cell;  ///< HTML
};

/// Empty where it is not known.
std::string number_text(const std::optional<double>& value) {
    if (!value) return "";
    const std::string text = fmt::format("{:.2f}", *value);
    return text == "-0.00" ? "0.00" : text;
}

std::string number_text(double value) {
    return value > 0.0 ? number_text(std::optional(value)) : "";
}

std::string rate_text(double bytes) {
    return bytes > 0.0 ? bytes_text(static_cast<std::int64_t>(bytes)) + "/s"
                       : "";
}

std::string result_html(const Summary& summary) {
    if (summary.wrong) return R"(<strong class="bad">WRONG</strong>)";
    return summary.median > 0.0 ? "same" : "";
}

/// What has to be known of a setting before it is believed.
std::string marks_html(const Summary& summary) {
    std::string html;
    const auto mark = [&](const std::string& text) {
        html += fmt::format(R"(<span class="mark">{}</span> )", text);
    };
    if (summary.too_short) mark("too short to judge");
    if (summary.oversubscribed) mark("oversubscribed");
    if (summary.busy_runs > 0) {
        mark(fmt::format("{} busy run{}", summary.busy_runs,
                         summary.busy_runs == 1 ? "" : "s"));
    }
    if (!summary.error.empty()) {
        html += fmt::format(R"(<strong class="bad">failed:</strong> {})",
                            escape_html(summary.error));
    }
    return html;
}

/// A number that says nothing where the times are too short.
auto judged(double Summary::*member) {
    return [member](const Summary& summary) {
        return summary.too_short ? "" : number_text(summary.*member);
    };
}

std::vector<Column> all_columns() {
    const auto time = [](double Summary::*member) {
        return [member](const Summary& summary) {
            return summary.median > 0.0 ? seconds_text(summary.*member) : "";
        };
    };
    return {
        {"version", true,
         [](const Summary& s) { return escape_html(s.setting.version); }},
        {"threads", false,
         [](const Summary& s) { return std::to_string(s.setting.threads); }},
        {"schedule", true,
         [](const Summary& s) { return escape_html(s.setting.schedule); }},
        {"size", true,
         [](const Summary& s) {
             return escape_html(s.problem.empty() ? s.setting.size : s.problem);
         }},
        {"result", true, result_html},
        {"median", false, time(&Summary::median)},
        {"spread", false, time(&Summary::spread)},
        {"speedup", false, judged(&Summary::speedup)},
        {"efficiency", false, judged(&Summary::efficiency)},
        {"serial fraction", false,
         [](const Summary& s) {
             return s.too_short ? "" : number_text(s.serial_fraction);
         }},
        {"imbalance", false,
         [](const Summary& s) { return number_text(s.imbalance); }},
        {"control", false,
         [](const Summary& s) { return number_text(s.control_speedup); }},
        {"bandwidth", false,
         [](const Summary& s) { return rate_text(s.bandwidth); }},
        {"copy loop", false,
         [](const Summary& s) {
             return s.bandwidth > 0.0 ? rate_text(s.copy_bandwidth) : "";
         }},
        {"remarks", true, marks_html}};
}

/// The columns in which there is something.
std::vector<Column> columns_for(const Experiment& experiment) {
    std::vector<Column> columns = all_columns();
    std::erase_if(columns, [&](const Column& column) {
        return std::all_of(experiment.summaries.begin(),
                           experiment.summaries.end(),
                           [&](const Summary& summary) {
                               return column.cell(summary).empty();
                           });
    });
    return columns;
}

}  // namespace

std::string table_html(const Experiment& experiment) {
    const std::vector<Column> columns = columns_for(experiment);
    const auto cell = [](const char* element, const Column& column,
                         const std::string& html) {
        return fmt::format("<{0}{1}>{2}</{3}>", element,
                           column.words ? R"( class="words")" : "", html,
                           std::string_view(element).substr(0, 2));
    };
    std::string html =
        "<div class=\"scroll\" "
        "tabindex=\"0\">\n<table>\n<thead><tr>";
    for (const Column& column : columns) {
        html += cell("th scope=\"col\"", column, column.heading);
    }
    html += "</tr></thead>\n<tbody>\n";
    for (const Summary& summary : experiment.summaries) {
        html += "<tr>";
        for (const Column& column : columns) {
            html += cell("td", column, column.cell(summary));
        }
        html += "</tr>\n";
    }
    return html + R"(</tbody>
</table>
</div>
<p class="soft">Median: of the loop's time. Spread: interquartile range.
Speedup: over the serial program. Efficiency: speedup / threads. Serial
fraction: Karp and Flatt's. Imbalance: busiest thread / mean - 1. Control: the
speedup that a loop which only computes had at the same time; copy loop: the
bandwidth of a plain one. Busy runs: the control's efficiency was below 0.9;
they are left out where there are others. Oversubscribed: more threads than
processors.</p>
)";
}
