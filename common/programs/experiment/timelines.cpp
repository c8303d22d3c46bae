// Which thread worked when.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "common/programs/experiment/drawings.hpp"
#include "common/programs/experiment/names.hpp"
#include "common/programs/experiment/work_log_file.hpp"

namespace {

/// Runs that are shown together.
using Group = std::vector<LoggedRun>;

/// A panel of the drawing: one run.
struct Panel {
    std::string title;
    int threads = 1;
    double end = 0.0;  ///< when the last item was done, in seconds
    std::vector<LoggedItem> items;
};

/// Whether there are schedules, or versions, to be compared.
bool several_kinds(const Experiment& experiment, const Names& names) {
    std::set<std::string> kinds;
    for (const LoggedRun& run : experiment.logged) {
        kinds.insert(names.kind(run.setting));
    }
    return kinds.size() > 1;
}

std::vector<Group> groups_of(const Experiment& experiment, bool by_threads) {
    std::vector<Group> groups;
    for (const LoggedRun& run : experiment.logged) {
        // One thread among schedules: there is nobody to share the work with.
        if (by_threads && run.setting.threads == 1) continue;
        const auto found =
            std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
                const Setting& other = group.front().setting;
                return other.size == run.setting.size &&
                       (!by_threads || other.threads == run.setting.threads);
            });
        if (found == groups.end()) {
            groups.push_back({run});
        } else {
            found->push_back(run);
        }
    }
    return groups;
}

Panel panel_of(const LoggedRun& run, const std::string& name) {
    Panel panel;
    panel.threads = run.setting.threads;
    panel.items = read_work_log(run.log);
    for (const LoggedItem& item : panel.items) {
        panel.threads = std::max(panel.threads, item.thread + 1);
        panel.end = std::max(panel.end, item.end);
    }
    panel.title = fmt::format("{}:  imbalance {:.2f}", name,
                              std::max(0.0, run.imbalance));
    return panel;
}

/// Joins neighbours of a thread until they are at least `shortest` long, so
/// that a million items are not a million bars too thin to be seen.
std::vector<LoggedItem> joined(std::vector<LoggedItem> items, double shortest) {
    std::sort(items.begin(), items.end(),
              [](const LoggedItem& a, const LoggedItem& b) {
                  return std::pair(a.thread, a.start) <
                         std::pair(b.thread, b.start);
              });
    std::vector<LoggedItem> bars;
    for (const LoggedItem& item : items) {
        const bool joins = !bars.empty() && bars.back().thread == item.thread &&
                           item.end - bars.back().start < shortest;
        if (joins) {
            bars.back().end = item.end;
        } else {
            bars.push_back(item);
        }
    }
    return bars;
}

/// The colour of a thread in thread maps, or a lighter one of it, by turns, so
/// that neighbours can be told apart.
unsigned colour_of(int thread, bool light) {
    constexpr std::array<unsigned, 8> colours = {0xe69f00, 0x56b4e9, 0x009e73,
                                                 0xf0e442, 0x0072b2, 0xd55e00,
                                                 0xcc79a7, 0x787878};
    const unsigned colour =
        colours.at(static_cast<std::size_t>(thread) % colours.size());
    if (!light) return colour;
    // Half of it and half of white, for red, green and blue at once.
    return ((colour >> 1U) & 0x7f7f7fU) + 0x808080U;
}

/// Panels one below the other, on one axis of time. Heights are in rows.
class Timelines {
 public:
    explicit Timelines(const std::vector<Panel>& panels) {
        double longest = 0.0;
        int most_threads = 1;
        for (const Panel& panel : panels) {
            longest = std::max(longest, panel.end);
            most_threads = std::max(most_threads, panel.threads);
        }
        unit_ = unit_for(longest);
        shortest_ = longest / pixels;
        label_every_ = 1 + (most_threads - 1) / 16;
        row_height_ = most_threads <= 16 ? 24 : 10;
        for (const Panel& panel : panels) add(panel);
    }

    [[nodiscard]] Drawing drawing() const {
        constexpr int around = 144;  // pixels for title, axis and caption
        const double rows = next_row_ - gap;
        Drawing drawing;
        drawing.height = around + static_cast<int>(rows * row_height_);
        drawing.note =
            "Each bar is an item of the loop, or several thinner than a pixel; "
            "shades alternate. Grey: nothing to do.";
        drawing.commands = fmt::format(
            "$whole << END\n# end row\n{}END\n"
            "$items << END\n# start end row colour\n{}END\n"
            "set ytics ({}) scale 0\n{}"
            "set xlabel 'time since the loop began ({})' offset 0,0.4\n"
            "set xrange [0:{:.6g}]\nset yrange [{:g}:0]\n"
            "set border 1\nset xtics nomirror out scale 0.5\nunset key\n",
            wholes_, items_, ticks_, titles_, unit_.name,
            1.01 * shortest_ * pixels / unit_.seconds, rows);
        drawing.plots = {
            "$whole using (0):2:(0):1:($2-0.42):($2+0.42) with boxxyerror \\\n"
            "        fillstyle solid noborder linecolor rgb '#ececec'",
            "$items using 1:3:1:2:($3-0.42):($3+0.42):4 with boxxyerror \\\n"
            "        fillstyle solid noborder linecolor rgb variable"};
        return drawing;
    }

 private:
    void add(const Panel& panel) {
        titles_ +=
            fmt::format("set label {} {} at 0, {:g} left\n", 3 + panels_++,
                        gnuplot_text(panel.title), next_row_ + 0.45);
        next_row_ += 1.0;
        for (int thread = 0; thread < panel.threads; ++thread) {
            wholes_ += fmt::format("{:.6g} {:g}\n", panel.end / unit_.seconds,
                                   row_of(thread));
            if (thread % label_every_ != 0) continue;
            ticks_ +=
                fmt::format("{}'thread {}' {:g}", ticks_.empty() ? "" : ", ",
                            thread, row_of(thread));
        }
        bool light = false;
        for (const LoggedItem& bar : joined(panel.items, shortest_)) {
            items_ +=
                fmt::format("{:.6g} {:.6g} {:g} {:#08x}\n",
                            bar.start / unit_.seconds, bar.end / unit_.seconds,
                            row_of(bar.thread), colour_of(bar.thread, light));
            light = !light;
        }
        next_row_ += panel.threads + gap;
    }

    /// The height of a panel's title.
    [[nodiscard]] double title_rows() const { return 24.0 / row_height_; }
    [[nodiscard]] double row_of(int thread) const {
        return next_row_ + thread + 0.5;
    }

    static constexpr int pixels = 800;
    static constexpr double gap = 0.4;
    TimeUnit unit_;
    double shortest_ = 0.0;
    int label_every_ = 1;
    int row_height_ = 24;
    int panels_ = 0;
    double next_row_ = 0.0;
    std::string titles_;
    std::string ticks_;
    std::string wholes_;
    std::string items_;
};

}  // namespace

std::vector<Drawing> timeline_drawings(const Experiment& experiment) {
    const Names names(experiment);
    const bool by_threads = several_kinds(experiment, names);
    const std::vector<Group> groups = groups_of(experiment, by_threads);
    std::vector<Drawing> drawings;
    for (const Group& group : groups) {
        std::vector<Panel> panels;
        std::vector<Setting> settings;
        for (const LoggedRun& run : group) {
            const Panel panel =
                panel_of(run, by_threads ? names.kind(run.setting)
                                         : threads_text(run.setting.threads));
            if (panel.end <= 0.0) continue;  // nothing was done
            panels.push_back(panel);
            settings.push_back(run.setting);
        }
        if (panels.empty()) continue;
        const Setting& setting = settings.front();
        Drawing drawing = Timelines(panels).drawing();
        drawing.name = "timelines";
        drawing.title = experiment.lesson + ": which thread worked when";
        drawing.title += names.shared(settings);
        if (groups.size() > 1) {
            if (by_threads) {
                drawing.name += fmt::format("_threads-{}", setting.threads);
            }
            if (!setting.size.empty()) drawing.name += "_size-" + setting.size;
        }
        drawings.push_back(drawing);
    }
    return drawings;
}
