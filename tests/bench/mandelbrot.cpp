// Lesson 12: rows of unequal work, and the lanes of one core.

#include "lessons/12_mandelbrot/mandelbrot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

#include "common/openmp.hpp"
#include "tests/bench/suite.hpp"

// NOLINTBEGIN(bugprone-suspicious-include)
namespace serial {
#include "lessons/12_mandelbrot/serial.cpp"
}  // namespace serial
namespace parallel {
#include "lessons/12_mandelbrot/parallel.cpp"
}  // namespace parallel
namespace in_lanes {
#include "lessons/12_mandelbrot/lanes.cpp"
}  // namespace in_lanes
// NOLINTEND(bugprone-suspicious-include)

namespace {

constexpr int most_iterations = 1000;
constexpr int rows_to_columns = 3;  // a width of 600 has 400 rows

using Function = void (*)(const View&, int, EscapeTimes&, WorkLog&);

View view_of(std::int64_t width) {
    const int columns = static_cast<int>(width);
    return {.width = columns, .height = 2 * columns / rows_to_columns};
}

Prepared make(std::int64_t width, Function function) {
    const View view = view_of(width);
    auto times = std::make_shared<EscapeTimes>(view);
    return {.run = [=] {
        WorkLog off;
        omp_set_schedule(omp_sched_dynamic, 1);
        function(view, most_iterations, *times, off);
    }};
}

/// An item is a pixel: its steps, by the very count.
Cost cost_at(std::int64_t width) {
    const View view = view_of(width);
    EscapeTimes times(view);
    WorkLog off;
    in_lanes::mandelbrot(view, most_iterations, times, off);
    const double steps =
        std::accumulate(times.times.begin(), times.times.end(), 0.0);
    constexpr double in_a_step = 8;  // 3 products, 4 sums, 1 comparison
    return {.operations =
                in_a_step * steps / static_cast<double>(times.times.size()),
            .bytes = sizeof(int)};
}

}  // namespace

void add_mandelbrot(Suite& suite) {
    const auto size = [](std::int64_t width) {
        const View view = view_of(width);
        return ProblemSize{
            .n = width,
            .items = 1.0 * view.width * view.height,
            .words = fmt::format("{} x {}", view.width, view.height)};
    };
    constexpr double nearly_all = 0.95;
    constexpr std::int64_t largest = 600;
    const auto cost = [] { return cost_at(largest); };
    suite.add_lesson(
        {.lesson = "12_mandelbrot",
         .sizes = {size(60), size(189), size(largest)},
         .cost = cost},
        [](std::int64_t width, Version version) {
            return make(width, version == Version::serial
                                   ? serial::mandelbrot
                                   : parallel::mandelbrot);
        },
        nearly_all);
    const auto add_lanes = [&](const std::string& name, int threads) {
        suite.add(name, threads,
                  Make([] { return make(largest, in_lanes::mandelbrot); }));
    };
    add_lanes("12_mandelbrot/lanes/one", 1);
    add_lanes("12_mandelbrot/lanes/all", suite.threads());
    constexpr double many_times = 8.0;
    suite.compare({"12_mandelbrot in lanes, one thread, against serial",
                   "12_mandelbrot/lanes/one",
                   fmt::format("12_mandelbrot/serial/{}", largest), Kind::times,
                   many_times});
    suite.place({.name = "12_mandelbrot/lanes",
                 .benchmark = "12_mandelbrot/lanes/all",
                 .items = size(largest).items,
                 .cost = cost});
}
