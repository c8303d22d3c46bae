#include "common/programs/experiment/columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

#include "common/terminal.hpp"

namespace {

// --- Cells -------------------------------------------------------------------

std::string number(const Known& value) {
    if (!value) return "-";
    const std::string text = fmt::format("{:.2f}", *value);
    return text == "-0.00" ? "0.00" : text;
}

std::string time(const Known& value) {
    return value ? seconds_text(*value) : "-";
}

std::string rate(const Known& value) {
    return value ? bytes_text(static_cast<std::int64_t>(*value)) + "/s" : "-";
}

/// With all the digits that are needed to read it back as it was.
std::string exact(const Known& value) {
    return value ? fmt::format("{}", *value) : "";
}

std::string positive(double value) { return value > 0.0 ? exact(value) : ""; }

const char* yes_or_no(bool value) { return value ? "yes" : "no"; }

const std::string& size_of(const Summary& summary) {
    return summary.problem.empty() ? summary.setting.size : summary.problem;
}

bool is_bad(const Summary& summary) {
    return summary.wrong || !summary.error.empty();
}

/// The imbalance that the setting's logged run had.
Known imbalance_of(const Setting& setting, const Experiment& experiment) {
    for (const LoggedRun& run : experiment.logged) {
        if (run.setting == setting) return run.imbalance;
    }
    return {};
}

Row table_row(const Summary& summary) {
    const Setting& setting = summary.setting;
    const auto beside = [&](const Known& bandwidth) {
        return summary.bandwidth ? bandwidth : Known();
    };
    return {
        {"version", setting.version, "", true},
        {"threads", std::to_string(setting.threads), ""},
        {"schedule", setting.schedule, "", true},
        {"size", size_of(summary), "", true},
        {"median", time(summary.median), "time of the loop"},
        {"spread", time(summary.spread), "interquartile range of that time"},
        {"speedup", number(summary.speedup), "serial time / this time"},
        {"efficiency", number(summary.efficiency), "speedup / threads"},
        {"scaling", number(summary.scaling),
         "time of this version on one thread / this time"},
        {"serial fraction", number(summary.serial_fraction),
         "Karp and Flatt's, against this version on one thread"},
        {"imbalance", number(summary.imbalance), "busiest thread / mean - 1"},
        {"control", number(summary.control_speedup),
         "speedup of a loop that only computes, beside each run"},
        {"bandwidth", rate(summary.bandwidth), "bytes read and written / time"},
        {"copy loop", rate(beside(summary.copy_bandwidth)),
         "bandwidth of a plain copy, beside each run"},
        {"pass", rate(beside(summary.pass_bandwidth)),
         "bandwidth of a plain loop that changes bytes in place"},
        {"ran on", fmt::format("{}", fmt::join(summary.hosts, " ")),
         "name of the machine", true},
        {"remarks", remarks(summary),
         "quiet: the control's efficiency was 0.9 or more; unsteady: the "
         "spread is over half of the median; oversubscribed: more threads than "
         "processors",
         true, is_bad(summary)}};
}

// --- CSV ---------------------------------------------------------------------

/// A field of CSV: in quotation marks where it needs them.
std::string quoted(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string text = "\"";
    for (const char character : field) {
        if (character == '"') text += '"';
        text += character;
    }
    return text + '"';
}

/// The text as a table in Markdown shows it.
std::string escape_markdown(std::string_view text) {
    std::string escaped;
    for (const char character : text) {
        if (std::string_view("\\`*[]<>&|").find(character) !=
            std::string::npos) {
            escaped += '\\';
        }
        escaped += character;
    }
    return escaped;
}

std::string html_row(const Row& row, std::string Cell::*part,
                     const char* element) {
    const bool bad =
        element == std::string_view("td") &&
        std::any_of(row.begin(), row.end(), std::mem_fn(&Cell::bad));
    std::string html = bad ? "<tr class=\"bad\">" : "<tr>";
    for (const Cell& cell : row) {
        html += fmt::format("<{0}{1}>{2}</{0}>", element,
                            cell.words ? " class=\"words\"" : "",
                            escape_html(cell.*part));
    }
    return html + "</tr>\n";
}

}  // namespace

std::string remarks(const Summary& summary) {
    std::vector<std::string> remarks;
    if (summary.wrong) remarks.emplace_back("WRONG RESULT");
    if (!summary.error.empty()) remarks.push_back("FAILED: " + summary.error);
    if (summary.too_short) remarks.emplace_back("too short to judge");
    if (summary.spread > 0.5 * summary.median.value_or(0.0)) {
        remarks.emplace_back("unsteady");
    }
    if (summary.oversubscribed) remarks.emplace_back("oversubscribed");
    if (summary.quiet_runs < summary.rounds) {
        remarks.push_back(
            fmt::format("{} of {} quiet", summary.quiet_runs, summary.rounds));
    }
    return fmt::format("{}", fmt::join(remarks, "; "));
}

std::vector<Row> table_rows(const Experiment& experiment) {
    std::vector<Row> rows;
    for (const Summary& summary : experiment.summaries) {
        rows.push_back(table_row(summary));
    }
    for (std::size_t i = rows.empty() ? 0 : rows.front().size(); i-- > 0;) {
        const bool is_empty =
            std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
                return row[i].text.empty() || row[i].text == "-";
            });
        // Where there is one machine, its name is in the line above the table.
        const bool is_known =
            rows[0][i].heading == "ran on" && experiment.hosts.size() < 2;
        if (!is_empty && !is_known) continue;
        for (Row& row : rows) row.erase(row.begin() + static_cast<long>(i));
    }
    return rows;
}

Row csv_row(const Run& run, const Experiment& experiment) {
    const Setting& setting = run.setting;
    const Record& record = run.record;
    const auto known = [&](auto value) {
        return record.seconds.empty() ? "" : fmt::format("{}", value);
    };
    const double efficiency = run.control.efficiency(setting.threads);
    return {
        {"lesson", experiment.lesson, "number and name"},
        {"host", record.host, "name of the machine where the program ran"},
        {"machine",
         record.machine.empty() ? experiment.machine : record.machine,
         "its processor, compiler and so on, as the program saw them"},
        {"processors", std::to_string(experiment.processors),
         "that the programs could use"},
        {"started", run.started, "date and time of the run"},
        {"version", setting.version, "of the lesson"},
        {"threads", std::to_string(setting.threads), "asked for"},
        {"schedule", setting.schedule, "as --schedule takes it"},
        {"size_given", setting.size, "value of --width or --count"},
        {"size", record.size, "of the problem, in words"},
        {"round", std::to_string(run.round), "each runs every setting once"},
        {"attempt", std::to_string(run.attempt),
         "2 or 3: repeated, since the machine was busy"},
        {"counted", yes_or_no(run.counted), "whether medians and plots use it"},
        {"error", run.error, "why the run failed"},
        {"seconds", known(record.seconds.empty() ? 0.0 : record.seconds[0]),
         "time of the loop"},
        {"judgeable", yes_or_no(record.judgeable()), "no: it was under 1 ms"},
        {"read_seconds", known(record.read_seconds), "before the loop"},
        {"write_seconds", known(record.write_seconds), "after the loop"},
        {"items", known(record.items), "of the problem"},
        {"bytes_moved", known(record.bytes_moved),
         "by the loop, read and written; 0: not known"},
        {"imbalance", exact(imbalance_of(setting, experiment)),
         "busiest thread / mean - 1, of one more run with a work log"},
        // Without the prefix a spreadsheet reads 123e4567 as a number.
        {"result", known("crc32:" + record.result), "checksum"},
        {"control_speedup", positive(run.control.speedup),
         "of a loop that only computes, beside this run"},
        {"control_efficiency",
         run.control.speedup > 0.0 ? exact(efficiency) : "",
         "control_speedup / threads that can run at once"},
        {"copy_bandwidth", positive(run.control.copy_bandwidth),
         "of a plain copy beside this run, bytes / s"},
        {"pass_bandwidth", positive(run.control.pass_bandwidth),
         "of a plain pass in place beside this run, bytes / s"}};
}

std::string csv_line(const Row& row, std::string Cell::*part) {
    std::string line;
    for (const Cell& cell : row) {
        line += ',';
        line += quoted(cell.*part);
    }
    return line.substr(1) + "\n";
}

std::string runs_csv(const Experiment& experiment) {
    std::string text = csv_line(csv_row({}, experiment), &Cell::heading);
    for (const Run& run : experiment.runs) {
        text += csv_line(csv_row(run, experiment), &Cell::text);
    }
    return text;
}

std::string table_text(const std::vector<Row>& rows) {
    if (rows.empty()) return "";
    std::string head;
    std::string legend;
    std::vector<std::string> lines(rows.size());
    for (std::size_t i = 0; i < rows.front().size(); ++i) {
        const Cell& top = rows.front()[i];
        std::size_t width = top.heading.size();
        for (const Row& row : rows) width = std::max(width, row[i].text.size());
        if (top.words && i + 1 == rows.front().size()) width = 0;
        const auto padded = [&](const std::string& text) {
            return top.words ? fmt::format("{:<{}}  ", text, width)
                             : fmt::format("{:>{}}  ", text, width);
        };
        head += padded(top.heading);
        for (std::size_t line = 0; line < rows.size(); ++line) {
            lines[line] += padded(rows[line][i].text);
        }
        if (top.meaning.empty()) continue;
        legend += fmt::format("  {:<17}{}\n", top.heading, top.meaning);
    }
    return fmt::format("{}\n{}\n\n{}", head, fmt::join(lines, "\n"), legend);
}

std::string table_html(const std::vector<Row>& rows) {
    if (rows.empty()) return "";
    std::string html = "<table>\n" + html_row(rows[0], &Cell::heading, "th");
    for (const Row& row : rows) html += html_row(row, &Cell::text, "td");
    return html + "</table>\n";
}

std::string table_markdown(const std::vector<Row>& rows) {
    if (rows.empty()) return "";
    std::string head = "|";
    std::string rule = "|";
    for (const Cell& cell : rows.front()) {
        head += fmt::format(" {} |", escape_markdown(cell.heading));
        rule += cell.words ? "---|" : "---:|";
    }
    std::string text = head + "\n" + rule + "\n";
    for (const Row& row : rows) {
        text += '|';
        for (const Cell& cell : row) {
            text += fmt::format(" {} |", escape_markdown(printable(cell.text)));
        }
        text += '\n';
    }
    return text;
}

std::string name_of(const Summary& summary) {
    const auto& [version, threads, schedule, size] = summary.setting;
    std::vector<std::string> words = {version};
    if (!schedule.empty()) words.push_back(schedule);
    if (version != "serial") {
        words.push_back(
            fmt::format("{} thread{}", threads, threads == 1 ? "" : "s"));
    }
    if (!size.empty()) words.push_back(size_of(summary));
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char character : text) {
        if (std::string_view("&<>\"'").find(character) == std::string::npos) {
            escaped += character;
        } else {
            escaped += fmt::format("&#{};", static_cast<int>(character));
        }
    }
    return escaped;
}
