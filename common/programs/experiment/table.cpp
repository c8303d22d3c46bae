#include "common/programs/experiment/table.hpp"

#include <fmt/color.h>
#include <fmt/format.h>

#include <algorithm>

#include "common/terminal.hpp"

namespace {

std::string number_text(double value, int decimals = 2) {
    return value > 0.0 ? fmt::format("{:.{}f}", value, decimals) : "-";
}

std::string optional_text(const std::optional<double>& value) {
    return value ? fmt::format("{:.2f}", *value) : "-";
}

/// What has to be known of a line before it is believed.
std::string marks_text(const Summary& summary) {
    std::string marks;
    if (summary.too_short) marks += "  too short to judge";
    if (summary.oversubscribed) marks += "  oversubscribed";
    if (summary.busy_runs > 0) {
        marks += fmt::format("  {} busy", summary.busy_runs);
    }
    return marks;
}

std::string line_text(const Summary& summary) {
    const Setting& setting = summary.setting;
    const std::string head =
        fmt::format("{:<10}{:>8}  {:<12}{:<16}", setting.version,
                    setting.threads, setting.schedule, summary.problem);
    if (summary.median <= 0.0) {
        return fmt::format("{}FAILED: {}", head, summary.error);
    }
    const bool judged = !summary.too_short;
    return fmt::format(
        "{}{:>9}{:>9}{:>9}{:>12}{:>10}{:>11}{:>9}  {}{}", head,
        seconds_text(summary.median), seconds_text(summary.spread),
        judged ? number_text(summary.speedup) : "-",
        judged ? number_text(summary.efficiency) : "-",
        judged ? optional_text(summary.serial_fraction) : "-",
        optional_text(summary.imbalance), number_text(summary.control_speedup),
        summary.wrong ? "WRONG" : "same", marks_text(summary));
}

std::string painted(const fmt::text_style& style, const std::string& text,
                    bool colour) {
    return colour ? fmt::format(style, "{}", text) : text;
}

}  // namespace

std::string table_text(const Experiment& experiment, bool colour) {
    const auto bad = fmt::emphasis::bold | fmt::fg(fmt::color::red);
    std::string text;
    if (std::any_of(experiment.summaries.begin(), experiment.summaries.end(),
                    [](const Summary& summary) { return summary.wrong; })) {
        text += painted(bad, "WRONG RESULTS: see the last column\n", colour);
    }
    const std::string heads = fmt::format(
        "{:<10}{:>8}  {:<12}{:<16}{:>9}{:>9}{:>9}{:>12}{:>10}{:>11}"
        "{:>9}  {}",
        "version", "threads", "schedule", "size", "median", "spread", "speedup",
        "efficiency", "Karp-Fl.", "imbalance", "control", "result");
    text += painted(fmt::emphasis::bold, heads, colour) + "\n";
    for (const Summary& summary : experiment.summaries) {
        const bool alarming = summary.wrong || summary.median <= 0.0;
        text += painted(alarming ? bad : fmt::text_style(), line_text(summary),
                        colour) +
                "\n";
    }
    text +=
        "\nspread: interquartile range. speedup: over the serial program. "
        "Karp-Fl.: Karp and Flatt's\nserial fraction. imbalance: busiest "
        "thread / mean - 1. control: what speedup a loop that\nonly computes "
        "had on this machine at the same time.\n\n";
    for (const std::string& finding : experiment.findings) {
        text += "* " + finding + "\n";
    }
    return text;
}
