#include "common/programs/experiment/scaling.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <stdexcept>
#include <utility>

#include "common/statistics.hpp"

namespace {

using Points = std::vector<ScalingPoint>;

/// A law with its parameters filled in: the speedup on so many threads.
using Law = std::function<double(int threads)>;

/// What is measured must stand out from the noise by this factor. With five
/// repeats, three to eight settings that do not differ at all have medians
/// further apart than twice the largest interquartile range in at most 2 of 100
/// experiments (simulated, normal noise); than once, in 20 to 27.
constexpr double clear_of_noise = 2.0;

void check(const Points& points) {
    for (const ScalingPoint& point : points) {
        // Written so that "not a number" fails, too.
        if (point.threads >= 1 && point.speedup > 0.0 && point.spread >= 0.0 &&
            std::isfinite(point.speedup + point.spread)) {
            continue;
        }
        throw std::invalid_argument(
            fmt::format("speedup {} (spread {}) on {} threads is no point of a "
                        "scaling curve",
                        point.speedup, point.spread, point.threads));
    }
}

/// Why the points cannot be fitted, whatever the law; empty: they can.
std::string why_unfit(const Points& points, std::size_t needed) {
    std::map<int, std::vector<double>> by_threads;
    double spread = 0.0;
    for (const ScalingPoint& point : points) {
        by_threads[point.threads].push_back(point.speedup);
        spread = std::max(spread, point.spread);
    }
    std::vector<double> speedups;
    for (const auto& entry : by_threads) {
        speedups.push_back(median(entry.second));
    }
    if (speedups.size() < needed) {
        return fmt::format("{} number{} of threads: a fit needs at least {}",
                           speedups.size(), speedups.size() == 1 ? "" : "s",
                           needed);
    }
    const auto [least, most] =
        std::minmax_element(speedups.begin(), speedups.end());
    const double range = (*most - *least) / *most;
    if (range == 0.0) {
        return "the speedups do not differ: the number of threads had no "
               "effect";
    }
    if (range > clear_of_noise * spread) return "";
    return fmt::format(
        "the speedups differ by {:.1f} %, the times by {:.1f} % from run to "
        "run: noise, up to {} times that",
        100 * range, 100 * spread, clear_of_noise);
}

/// Sum of the squared distances between the speedups and the law.
double squared_error(const Points& points, const Law& law) {
    double sum = 0.0;
    for (const ScalingPoint& point : points) {
        sum += std::pow(point.speedup - law(point.threads), 2);
    }
    return sum;
}

/// The fit, unless the law misses the speedups by too much of what they scatter
/// around their mean. The mean is the law of those on whom the number of
/// threads has no effect; it has one parameter as well.
Fit judge(const Points& points, std::vector<double> parameters,
          const Law& law) {
    const auto size = static_cast<double>(points.size());
    double mean = 0.0;
    for (const ScalingPoint& point : points) mean += point.speedup / size;
    const double law_error = squared_error(points, law);
    const double mean_error = squared_error(points, [=](int) { return mean; });
    const double freedom = size - static_cast<double>(parameters.size());
    const double miss = std::sqrt(law_error / freedom);
    const double scatter = std::sqrt(mean_error / (size - 1));
    if (clear_of_noise * miss < scatter) {
        return {"", std::move(parameters), std::sqrt(law_error / size)};
    }
    return {fmt::format(
                "the law misses the speedups by {:.2g}, they scatter by {:.2g} "
                "around their mean: it explains too little",
                miss, scatter),
            {},
            0.0};
}

/// The parameters of the USL, by the normal equations.
std::pair<double, double> contention_and_coherence(const Points& points) {
    double uu = 0.0;
    double uv = 0.0;
    double vv = 0.0;
    double uy = 0.0;
    double vy = 0.0;
    for (const ScalingPoint& point : points) {
        const double p = point.threads;
        const double u = p - 1;
        const double v = p * (p - 1);
        const double y = p / point.speedup - 1;
        uu += u * u;
        uv += u * v;
        vv += v * v;
        uy += u * y;
        vy += v * y;
    }
    const double determinant = uu * vv - uv * uv;
    const double contention = (uy * vv - vy * uv) / determinant;
    const double coherence = (vy * uu - uy * uv) / determinant;
    // The sum of squares is convex: where its lowest point is beyond a bound,
    // the lowest one allowed is on that bound.
    if (contention < 0.0) return {0.0, std::max(0.0, vy / vv)};
    if (coherence < 0.0) return {std::max(0.0, uy / uu), 0.0};
    return {contention, coherence};
}

}  // namespace

double karp_flatt(double speedup, int threads) {
    if (threads < 2 || !(speedup > 0.0)) {
        throw std::invalid_argument(
            fmt::format("no serial fraction of speedup {} on {} threads",
                        speedup, threads));
    }
    const double share = 1.0 / threads;
    return (1.0 / speedup - share) / (1.0 - share);
}

double amdahl_speedup(double serial_fraction, int threads) {
    return 1.0 / (serial_fraction + (1.0 - serial_fraction) / threads);
}

double usl_speedup(double contention, double coherence, int threads) {
    const double p = threads;
    return p / (1.0 + contention * (p - 1) + coherence * p * (p - 1));
}

Fit fit_amdahl(const Points& points) {
    check(points);
    const std::string reason = why_unfit(points, 3);
    if (!reason.empty()) return {reason, {}, 0.0};
    double xx = 0.0;
    double xy = 0.0;
    for (const ScalingPoint& point : points) {
        const double share = 1.0 / point.threads;
        const double x = 1.0 - share;
        xx += x * x;
        xy += x * (1.0 / point.speedup - share);
    }
    const double serial_fraction = std::clamp(xy / xx, 0.0, 1.0);
    return judge(points, {serial_fraction}, [=](int threads) {
        return amdahl_speedup(serial_fraction, threads);
    });
}

Fit fit_usl(const Points& points) {
    check(points);
    const std::string reason = why_unfit(points, 4);
    if (!reason.empty()) return {reason, {}, 0.0};
    // Not a structured binding: C++20 lambdas of clang 14 cannot capture one.
    const std::pair<double, double> found = contention_and_coherence(points);
    return judge(points, {found.first, found.second}, [=](int threads) {
        return usl_speedup(found.first, found.second, threads);
    });
}
