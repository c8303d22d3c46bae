#include "common/report.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "common/statistics.hpp"
#include "common/terminal.hpp"

namespace {

const char* plural(std::size_t number) { return number == 1 ? "" : "s"; }

std::string phase_text(const Phase& phase) {
    return fmt::format("  {:<12}{:>12}   {}\n", phase.name,
                       phase.seconds > 0.0 ? seconds_text(phase.seconds) : "",
                       printable(phase.note));
}

std::string function_text(const Record& record) {
    const std::vector<double>& seconds = record.seconds;
    std::string text = fmt::format(
        "  {:<12}{:>12}   median of {} run{} (best {}, interquartile range "
        "{})\n",
        record.lesson.substr(record.lesson.find('_') + 1),
        seconds_text(median(seconds)), seconds.size(), plural(seconds.size()),
        seconds_text(*std::min_element(seconds.begin(), seconds.end())),
        seconds_text(interquartile_range(seconds)));
    if (!record.judgeable()) {
        text += fmt::format("{:<29}under 1 ms: too short to judge\n", "");
    }
    return text;
}

}  // namespace

std::string report_text(const Record& record) {
    const bool shows_schedule =
        !record.schedule.empty() && record.version != "serial";
    std::string text = fmt::format(
        "{}  {}  {} thread{}  {}{}\n", record.lesson, record.version,
        record.threads, plural(static_cast<std::size_t>(record.threads)),
        record.size, shows_schedule ? "  schedule " + record.schedule : "");
    for (const Phase& phase : record.before) text += phase_text(phase);
    if (!record.seconds.empty()) text += function_text(record);
    if (record.imbalance && record.threads > 1) {
        text += fmt::format("  {:<12}{:>12.2f}   busiest thread / mean - 1\n",
                            "imbalance", *record.imbalance);
    }
    if (record.tolerance > 0.0) {
        text += fmt::format(
            "  {:<12}{:>12.1e}   of a result, the largest; tolerated are "
            "{:.1e}\n",
            "error", record.error, record.tolerance);
    }
    for (const Phase& phase : record.after) text += phase_text(phase);
    return text;
}
