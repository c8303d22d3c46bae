#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <complex>

#include "common/openmp.hpp"
#include "lessons/12_mandelbrot/mandelbrot.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/escape_time.hpp"
#include "tests/support/teams.hpp"

namespace {

using Point = std::complex<double>;

/// Has the set computed, and expects every pixel to have the escape time of its
/// point.
void expect_julia(const View& view, Point c, int max_iterations, WorkLog& log) {
    EscapeTimes result(view);
    std::fill(result.times.begin(), result.times.end(), -1);
    julia(view, c.real(), c.imag(), max_iterations, result, log);
    for (int y = 0; y < view.height; ++y) {
        for (int x = 0; x < view.width; ++x) {
            const Point start = {view.real(x), view.imaginary(y)};
            const int expected = slow_escape_time(start, c, max_iterations);
            const int time = result.row(y)[x];
            if (time == expected) continue;
            FAIL() << "pixel (" << x << ", " << y << ") of " << view.width
                   << " x " << view.height << " has the escape time " << time
                   << ", not " << expected << " (c = " << c
                   << ", max_iterations = " << max_iterations << ")";
        }
    }
}

constexpr Point spirals = {-0.7, 0.27015};

/// Makes the first row that is begun a slow one: it lasts until nearly all
/// others are begun too, or half a second has passed.
class SlowRow {
 public:
    SlowRow(int others, int nearly_all)
        : others_(others), nearly_all_(nearly_all) {}

    /// To be called on the thread that begins a row.
    void begin() {
        std::unique_lock lock(mutex_);
        if (is_slow_) {
            ++begun_;
            changed_.notify_all();
            return;
        }
        is_slow_ = true;
        constexpr auto patience = std::chrono::milliseconds(500);
        changed_.wait_for(lock, patience,
                          [this] { return begun_ >= nearly_all_; });
        begun_meanwhile_ = begun_;
    }

    /// What a student should know; empty when nearly all others were begun.
    [[nodiscard]] std::string complaint() const {
        if (begun_meanwhile_ >= nearly_all_) return {};
        return fmt::format(
            "while one row was slow, only {} of the other {} were begun: the "
            "rest waited for its thread. Which schedule gives a row to whoever "
            "is free?",
            begun_meanwhile_, others_);
    }

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int others_;
    int nearly_all_;
    int begun_ = 0;
    int begun_meanwhile_ = 0;
    bool is_slow_ = false;
};

}  // namespace

TEST(Correct, KnownPoints) {
    // A row of pixels at -2, -1, 0, 1, 2, with c = 0: z is squared, so what
    // begins in the unit disc stays there, and 2 itself has not passed 2 yet.
    const View view = {
        .center_x = 0.0, .center_y = 0.0, .span = 5.0, .width = 5, .height = 1};
    const std::vector<int> expected = {1, 50, 50, 50, 1};
    for_each_team([&] {
        EscapeTimes result(view);
        WorkLog log;
        julia(view, 0.0, 0.0, 50, result, log);
        EXPECT_EQ(result.times, expected);
    });
}

TEST(Correct, ViewsOfEverySize) {
    constexpr std::array<std::pair<int, int>, 8> sizes = {
        {{0, 0}, {0, 5}, {5, 0}, {1, 1}, {1, 64}, {64, 1}, {3, 2}, {61, 41}}};
    for_each_team([&] {
        for (const auto& [width, height] : sizes) {
            const View view = {.center_x = 0.1,
                               .center_y = -0.2,
                               .span = 3.0,
                               .width = width,
                               .height = height};
            for (const Point c : {spirals, Point{0.3, 0.5}, Point{-1.0, 0.0}}) {
                for (const int max_iterations : {1, 2, 150}) {
                    WorkLog log;
                    expect_julia(view, c, max_iterations, log);
                }
            }
        }
    });
}

// Heights here allow for chunks of 100 rows, which the lesson's text names.
TEST(Parallel, TheTeamSharesTheRows) {
    const View view = {.width = 24, .height = 500};
    expect_shared_picture(view.height, 1, [&](WorkLog& log) {
        expect_julia(view, spirals, 50, log);
    });
}

TEST(Parallel, ASlowRowHoldsUpFewOthers) {
    constexpr int others = 1023;
    constexpr int nearly_all = others - others / 8;
    const View view = {.width = 3, .height = others + 1};
    // What schedule(runtime) stands for, here: nothing was chosen.
    omp_set_schedule(omp_sched_static, 0);
    for_each_team([&] {
        if (omp_get_max_threads() == 1) return;
        SlowRow slow(others, nearly_all);
        WorkLog log(view.height);
        log.on_start([&slow](std::int64_t /*row*/) { slow.begin(); });
        expect_julia(view, spirals, 20, log);
        const std::string complaint = slow.complaint();
        if (!complaint.empty()) ADD_FAILURE() << complaint;
    });
}

TEST(RaceFree, OnASmallView) {
    const View view = {.width = 24, .height = 64};
    EscapeTimes result(view);
    repeat_for_race_detector(view.height, [&](WorkLog& log) {
        julia(view, spirals.real(), spirals.imag(), 50, result, log);
    });
}

TEST(Fast, OnAViewWithUnequalHalves) {
    const View view = {.center_x = 0.0,
                       .center_y = -0.6,
                       .span = 2.4,
                       .width = 390,
                       .height = 260};
    constexpr int max_iterations = 500;
    EscapeTimes result(view);
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            for (int y = 0; y < view.height; ++y) {
                for (int x = 0; x < view.width; ++x) {
                    double real = view.real(x);
                    double imaginary = view.imaginary(y);
                    int n = 0;
                    for (; n < max_iterations; ++n) {
                        const double square = real * real;
                        const double other = imaginary * imaginary;
                        if (square + other > 4.0) break;
                        imaginary = 2.0 * real * imaginary + spirals.imag();
                        real = square - other + spirals.real();
                    }
                    result.row(y)[x] = n;
                }
            }
        },
        [&] {
            julia(view, spirals.real(), spirals.imag(), max_iterations, result,
                  log);
        });
}
