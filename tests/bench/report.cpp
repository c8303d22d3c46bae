#include "tests/bench/report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "common/statistics.hpp"
#include "common/terminal.hpp"
#include "tests/bench/limits.hpp"

namespace {

/// A ratio of two benchmarks' times: of the medians, what the quartiles allow,
/// and of the best times, which neighbours disturbed least.
struct Ratio {
    double median = 0.0;
    double low = 0.0;
    double high = 0.0;
    double best = 0.0;
};

constexpr double best = 0.0;  // the quantile

Ratio ratio_of(const std::vector<double>& reference,
               const std::vector<double>& subject, double unit) {
    return {.median = median(reference) / median(subject) / unit,
            .low = quantile(reference, 0.25) / quantile(subject, 0.75) / unit,
            .high = quantile(reference, 0.75) / quantile(subject, 0.25) / unit,
            .best = quantile(reference, best) / quantile(subject, best) / unit};
}

/// The median decides. Where it falls short and the best does not, somebody
/// else was in the way: that is neither reached nor not.
std::string verdict_on(const Ratio& ratio, double at_least) {
    if (ratio.median >= at_least) return "reached";
    if (ratio.best >= at_least) return "only at best: measure again";
    return "NOT reached";
}

}  // namespace

Control control_of(const Times& times, int threads) {
    const auto gain = [&](const std::string& one, const std::string& all) {
        return times.contains(one) && times.contains(all)
                   ? median(times.at(one)) / median(times.at(all))
                   : 0.0;
    };
    // On all threads each does the arithmetic that the one does alone.
    Control control = {
        .speedup = gain(control_on_one, control_on_all),
        .arithmetic = threads * gain(arithmetic_on_one, arithmetic_on_all)};
    constexpr double quiet = 0.9;
    control.conclusive =
        std::min(control.speedup, control.arithmetic) >= quiet * threads;
    if (control.speedup == 0.0) control.speedup = threads;  // filtered out
    return control;
}

nlohmann::ordered_json report_targets(const Suite& suite, const Times& times,
                                      const Control& control) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    fmt::print("{:<56} {:>7} {:>15} {:>7} {:>8}\n", "what", "ratio",
               "quartiles", "best", "target");
    for (const Target& target : suite.targets) {
        if (!times.contains(target.subject) ||
            !times.contains(target.reference)) {
            continue;
        }
        const Ratio ratio =
            ratio_of(times.at(target.reference), times.at(target.subject),
                     target.kind == Kind::efficiency ? control.speedup : 1.0);
        const bool is_judged = target.at_least > 0.0;
        const std::string verdict = is_judged && control.conclusive
                                        ? verdict_on(ratio, target.at_least)
                                        : "";
        fmt::print(
            "{:<56} {:>7.2f} {:>15} {:>7.2f} {:>8}  {}\n", target.what,
            ratio.median,
            fmt::format("{:.2f} .. {:.2f}", ratio.low, ratio.high), ratio.best,
            is_judged ? fmt::format("{:.2f}", target.at_least) : "", verdict);
        rows.push_back({{"what", target.what},
                        {"ratio", ratio.median},
                        {"low", ratio.low},
                        {"high", ratio.high},
                        {"best", ratio.best},
                        {"target", target.at_least},
                        {"verdict", verdict}});
    }
    return rows;
}

nlohmann::ordered_json report_scaling(const Suite& suite, const Times& times) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const Scaling& scaling : suite.scalings) {
        const auto& sizes = scaling.sizes;
        if (!std::all_of(sizes.begin(), sizes.end(),
                         [&](const ProblemSize& size) {
                             return times.contains(size.name);
                         })) {
            continue;
        }
        std::array<std::string, 3> texts;
        std::array<double, 3> seconds = {};  // of an item
        nlohmann::ordered_json row = {{"lesson", scaling.lesson}};
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            seconds[i] =
                quantile(times.at(sizes[i].name), best) / sizes[i].items;
            texts[i] = seconds_text(seconds[i]);
            row["sizes"].push_back(
                {{"size", sizes[i].words}, {"seconds_an_item", seconds[i]}});
        }
        if (rows.empty()) {
            fmt::print("\n{:<14} {:<21} {:>9} {:>9} {:>9}\n", "time of an item",
                       "  best, largest size", "1/100", "1/10", "1");
        }
        // What is noise is no growth: a tenth.
        constexpr double noise = 1.1;
        const bool grows = seconds[2] > noise * seconds[1];
        const std::string remark = !grows ? ""
                                   : scaling.remark.empty()
                                       ? "GROWS"
                                       : "grows: " + scaling.remark;
        fmt::print("{:<15} {:<22} {:>9} {:>9} {:>9}  {}\n", scaling.lesson,
                   sizes[2].words, texts[0], texts[1], texts[2], remark);
        row["remark"] = remark;
        rows.push_back(row);
    }
    return rows;
}

std::vector<RooflinePoint> roofline_points(const Suite& suite,
                                           const Times& times) {
    std::vector<RooflinePoint> points;
    for (const Point& point : suite.points) {
        if (!times.contains(point.name)) continue;
        const Cost& cost = point.cost;
        points.push_back({.lesson = point.lesson,
                          .intensity = cost.operations / cost.bytes,
                          .rate = cost.operations * point.items /
                                  median(times.at(point.name))});
    }
    std::sort(points.begin(), points.end(),
              [](const auto& a, const auto& b) { return a.lesson < b.lesson; });
    return points;
}

Roof roof_of(const Suite& suite, const Times& times) {
    return {.arithmetic = arithmetic_operations(suite.threads) /
                          median(times.at(arithmetic_on_all)),
            .pass = limit_bytes / median(times.at(pass_in_place)),
            .copy = limit_bytes / median(times.at(copy_loop))};
}

std::string roofline_csv(const Roof& roof,
                         const std::vector<RooflinePoint>& points) {
    std::string csv = fmt::format(
        "operations per byte,{:.0f} G/s and {:.0f} GB/s in place,"
        "{:.0f} GB/s copied",
        roof.arithmetic / 1e9, roof.pass / 1e9, roof.copy / 1e9);
    for (const RooflinePoint& point : points) csv += "," + point.lesson;
    csv += "\n";
    // Straight lines between these, on axes with logarithmic scales.
    constexpr double left = 0.03;
    constexpr double right = 1e6;
    for (const double x : {left, roof.arithmetic / roof.pass,
                           roof.arithmetic / roof.copy, right}) {
        csv += fmt::format("{:.4g},{:.4g},{:.4g}{}\n", x,
                           std::min(x * roof.pass, roof.arithmetic),
                           std::min(x * roof.copy, roof.arithmetic),
                           std::string(points.size(), ','));
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        csv += fmt::format("{:.4g}{}{:.4g}{}\n", points[i].intensity,
                           std::string(3 + i, ','), points[i].rate,
                           std::string(points.size() - 1 - i, ','));
    }
    return csv;
}
