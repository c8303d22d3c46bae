// What the programs' time goes to.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "common/programs/experiment/chart.hpp"
#include "common/programs/experiment/drawings.hpp"
#include "common/programs/experiment/names.hpp"

namespace {

double whole(const Summary& summary) {
    return summary.read_seconds + summary.median + summary.write_seconds;
}

/// The settings that read or write something, by size.
std::vector<Summary> with_phases(const Experiment& experiment) {
    std::vector<Summary> summaries = sound_serial(experiment);
    const std::vector<Summary> parallel = sound_parallel(experiment);
    summaries.insert(summaries.end(), parallel.begin(), parallel.end());
    std::erase_if(summaries, [](const Summary& summary) {
        return summary.read_seconds + summary.write_seconds <= 0.0;
    });
    const auto size = [](const Summary& summary) {
        return std::strtod(summary.setting.size.c_str(), nullptr);
    };
    std::stable_sort(
        summaries.begin(), summaries.end(),
        [&](const Summary& a, const Summary& b) { return size(a) < size(b); });
    return summaries;
}

}  // namespace

std::optional<Drawing> phases_drawing(const Experiment& experiment) {
    const std::vector<Summary> summaries = with_phases(experiment);
    if (summaries.empty()) return std::nullopt;
    double longest = 0.0;
    for (const Summary& summary : summaries) {
        longest = std::max(longest, whole(summary));
    }
    const TimeUnit unit = unit_for(longest);
    const Names names(experiment);

    std::string rows;
    std::string labels;
    std::string shares;
    int row = 0;
    for (const Summary& summary : summaries) {
        ++row;
        const double read = summary.read_seconds / unit.seconds;
        const double computed = read + summary.median / unit.seconds;
        const double written = whole(summary) / unit.seconds;
        rows += fmt::format("{} {:.6g} {:.6g} {:.6g}\n", row, read, computed,
                            written);
        labels += fmt::format("{} {} {}", row == 1 ? "" : ", \\\n   ",
                              gnuplot_text(names.whole(summary.setting)), row);
        shares += fmt::format(
            "set label {} 'loop {:.1f} %' at {:.6g}, {} left offset 0.6,0\n",
            row + 2, 100.0 * summary.median / whole(summary), written, row);
    }

    Drawing drawing;
    drawing.name = "phases";
    drawing.title = experiment.lesson + ": reading, the loop, writing" +
                    names.shared(settings_of(summaries));
    drawing.note = "Medians of each phase's time.";
    drawing.height = 190 + 26 * row;
    drawing.commands = fmt::format(
        "$phases << END\n# row, and where read, loop and write end\n{}END\n"
        "set ytics ({}) scale 0\n{}"
        "set xlabel 'time ({})'\nset xrange [0:{:.4g}]\n"
        "set yrange [{}.6:0.4]\nset border 1\nset xtics nomirror\n"
        "set key outside right center vertical Left reverse samplen 1\n",
        rows, labels, shares, unit.name, 1.2 * longest / unit.seconds, row);
    const auto bar = [](const char* from, const char* to, const char* name,
                        const char* colour) {
        return fmt::format(
            "$phases using {0}:1:{0}:{1}:($1-0.36):($1+0.36) with boxxyerror "
            "\\\n"
            "        title '{2}' fillstyle solid noborder linecolor rgb '{3}'",
            from, to, name, colour);
    };
    drawing.plots = {bar("(0)", "2", "read", "#56b4e9"),
                     bar("2", "3", "loop", "#d55e00"),
                     bar("3", "4", "write", "#999999")};
    return drawing;
}
