#include "tests/bench/cases.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "common/image.hpp"
#include "common/openmp.hpp"
#include "common/temporary_folder.hpp"
#include "common/work_log.hpp"
#include "lessons/03_squares/squares.hpp"
#include "lessons/04_roots/roots.hpp"
#include "lessons/05_grey/grey.hpp"
#include "lessons/06_red/red.hpp"
#include "lessons/07_green/green.hpp"
#include "lessons/08_blue/blue.hpp"
#include "lessons/10_fibonacci/fibonacci.hpp"
#include "lessons/11_primes/primes.hpp"
#include "lessons/12_mandelbrot/mandelbrot.hpp"
#include "lessons/13_simd/simd.hpp"
#include "lessons/14_cake/cake.hpp"
#include "lessons/15_mean/mean.hpp"
#include "lessons/16_scores/scores.hpp"
#include "lessons/18_png/parts/band.hpp"
#include "lessons/18_png/parts/png_file.hpp"
#include "lessons/18_png/png.hpp"

// The versions of a lesson have functions of the same name, so each is compiled
// within a namespace here. What they include has been included above.
// NOLINTBEGIN(bugprone-suspicious-include)
namespace serial {
#include "lessons/03_squares/serial.cpp"
#include "lessons/04_roots/serial.cpp"
#include "lessons/05_grey/serial.cpp"
#include "lessons/06_red/serial.cpp"
#include "lessons/07_green/serial.cpp"
#include "lessons/08_blue/serial.cpp"
#include "lessons/10_fibonacci/serial.cpp"
#include "lessons/11_primes/serial.cpp"
#include "lessons/12_mandelbrot/serial.cpp"
#include "lessons/13_simd/serial.cpp"
#include "lessons/14_cake/serial.cpp"
#include "lessons/15_mean/serial.cpp"
#include "lessons/16_scores/serial.cpp"
#include "lessons/18_png/serial.cpp"
}  // namespace serial
namespace parallel {
#include "lessons/03_squares/parallel.cpp"
#include "lessons/04_roots/parallel.cpp"
#include "lessons/05_grey/parallel.cpp"
#include "lessons/06_red/parallel.cpp"
#include "lessons/07_green/parallel.cpp"
#include "lessons/08_blue/parallel.cpp"
#include "lessons/10_fibonacci/parallel.cpp"
#include "lessons/11_primes/parallel.cpp"
#include "lessons/12_mandelbrot/parallel.cpp"
#include "lessons/13_simd/parallel.cpp"
#include "lessons/14_cake/parallel.cpp"
#include "lessons/15_mean/parallel.cpp"
#include "lessons/16_scores/parallel.cpp"
#include "lessons/18_png/parallel.cpp"
}  // namespace parallel
namespace in_lanes {
#include "lessons/12_mandelbrot/lanes.cpp"
}  // namespace in_lanes
namespace by_libpng {
#include "lessons/18_png/libpng.cpp"
}  // namespace by_libpng
// NOLINTEND(bugprone-suspicious-include)

namespace {

/// Keeps what was computed from being left out.
template <typename T>
void keep(T& value) {
    benchmark::DoNotOptimize(value);
    benchmark::ClobberMemory();
}

/// Registers a benchmark of `work` by a team; `prepare` is not timed.
void add(const std::string& name, int threads, std::function<void()> work,
         std::function<void()> prepare = {}) {
    benchmark::RegisterBenchmark(
        name.c_str(),
        [threads, work = std::move(work),
         prepare = std::move(prepare)](benchmark::State& state) {
            omp_set_num_threads(threads);
            for (const auto step : state) {
                (void)step;
                if (prepare) {
                    state.PauseTiming();
                    prepare();
                    state.ResumeTiming();
                }
                work();
            }
        })
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
}

/// Work that touches no memory: the logistic map, each step waiting for the
/// one before it.
void compute() {
    constexpr int blocks = 96;
    constexpr int steps = 60'000;
    double sum = 0.0;
#pragma omp parallel for reduction(+ : sum)
    for (int block = 0; block < blocks; ++block) {
        double x = 0.1 + 0.001 * block;
        for (int step = 0; step < steps; ++step) x = 3.9 * x * (1.0 - x);
        sum += x;
    }
    keep(sum);
}

/// The plain copy loop. A signed bound in a local variable, and pointers that
/// do not overlap: so that g++ and clang++ vectorise it.
void copy(std::uint8_t* __restrict to, const std::uint8_t* __restrict from,
          std::int64_t bytes) {
#pragma omp parallel
    {
        const std::int64_t team = omp_get_num_threads();
        const std::int64_t me = omp_get_thread_num();
        const std::int64_t end = bytes * (me + 1) / team;
        for (std::int64_t i = bytes * me / team; i < end; ++i) to[i] = from[i];
    }
}

/// A plain pass over memory, in place.
void pass(std::uint8_t* data, std::int64_t bytes) {
#pragma omp parallel
    {
        const std::int64_t team = omp_get_num_threads();
        const std::int64_t me = omp_get_thread_num();
        const std::int64_t end = bytes * (me + 1) / team;
        for (std::int64_t i = bytes * me / team; i < end; ++i) data[i] ^= 1;
    }
}

/// A picture that is noisy as photographs are, and the same every time.
Image noisy_picture(int width, int height) {
    Image image(width, height);
    std::uint32_t state = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            state = state * 1'664'525U + 1'013'904'223U;  // Numerical Recipes
            const auto noise = static_cast<std::uint8_t>(state >> 28U);
            image.row(y)[x] = {static_cast<std::uint8_t>(x / 16 + noise),
                               static_cast<std::uint8_t>(y / 16 + noise),
                               static_cast<std::uint8_t>((x + y) / 32 + noise)};
        }
    }
    return image;
}

void add_filters(int threads, std::vector<Target>& targets) {
    constexpr int side = 8192;
    static Image image = noisy_picture(side, side);
    static std::vector<std::uint8_t> other(image.pixels().size() *
                                           sizeof(Pixel));
    auto* bytes = reinterpret_cast<std::uint8_t*>(image.row(0).data());
    const auto size = static_cast<std::int64_t>(other.size());
    add("limit/copy", threads, [=] { copy(other.data(), bytes, size); });
    add("limit/pass", threads, [=] { pass(bytes, size); });
    static WorkLog off;
    const auto filter = [&](const std::string& lesson,
                            std::function<void()> one,
                            std::function<void()> all) {
        add(lesson + "/serial", 1, std::move(one));
        add(lesson + "/parallel", threads, std::move(all));
        const std::string subject = lesson + "/parallel";
        targets.push_back({lesson + " against the plain copy loop", subject,
                           "limit/copy", Kind::times, 1.0});
        targets.push_back({lesson + " against a plain pass in place", subject,
                           "limit/pass", Kind::times, 0.75});
        targets.push_back({lesson + " against its serial version", subject,
                           lesson + "/serial", Kind::times, 0.0});
    };
    filter(
        "05_grey", [] { serial::grey(image); }, [] { parallel::grey(image); });
    filter(
        "06_red", [] { serial::red(image, off); },
        [] { parallel::red(image, off); });
    filter(
        "07_green", [] { serial::green(image); },
        [] { parallel::green(image); });
    filter(
        "08_blue", [] { serial::blue(image); }, [] { parallel::blue(image); });
}

void add_computing(int threads, std::vector<Target>& targets) {
    constexpr double nearly_all = 0.95;
    static WorkLog off;
    const auto lesson = [&](const std::string& name, double at_least,
                            std::function<void()> one,
                            std::function<void()> all,
                            const std::function<void()>& prepare = {}) {
        add(name + "/serial", 1, std::move(one), prepare);
        add(name + "/parallel", threads, std::move(all), prepare);
        targets.push_back({name + ": efficiency", name + "/parallel",
                           name + "/serial", Kind::efficiency, at_least});
    };

    static std::vector<std::int64_t> squares_list(10'000'000);
    lesson(
        "03_squares", 0.0, [] { serial::squares(squares_list); },
        [] { parallel::squares(squares_list); });

    static const std::vector<std::int64_t> numbers(10,
                                                   5'000'000LL * 5'000'000LL);
    static std::vector<std::int64_t> found(numbers.size());
    lesson(
        "04_roots", 0.0, [] { serial::roots(numbers, found, off); },
        [] { parallel::roots(numbers, found, off); });

    static std::vector<std::uint64_t> list(35);
    lesson(
        "10_fibonacci", nearly_all, [] { serial::fibonacci_list(list); },
        [] { parallel::fibonacci_list(list); });

    static std::int64_t count = 0;
    lesson(
        "11_primes", nearly_all,
        [] { keep(count = serial::count_primes(1'000'000)); },
        [] { keep(count = parallel::count_primes(1'000'000)); });

    static const View view = {.width = 600, .height = 400};
    static EscapeTimes times(view);
    constexpr int most = 1000;
    omp_set_schedule(omp_sched_dynamic, 1);
    lesson(
        "12_mandelbrot", nearly_all,
        [] { serial::mandelbrot(view, most, times, off); },
        [] { parallel::mandelbrot(view, most, times, off); });
    add("12_mandelbrot/lanes", 1,
        [] { in_lanes::mandelbrot(view, most, times, off); });
    targets.push_back({"12_mandelbrot in lanes, one thread, against serial",
                       "12_mandelbrot/lanes", "12_mandelbrot/serial",
                       Kind::times, 8.0});

    static const std::vector<double> left(1000, 1.25);
    static const std::vector<double> right(1000, 0.75);
    static double sum = 0.0;
    constexpr int often = 1000;  // a million products
    add("13_simd/serial", 1, [] {
        for (int i = 0; i < often; ++i) keep(sum = serial::dot(left, right));
    });
    add("13_simd/parallel", 1, [] {
        for (int i = 0; i < often; ++i) keep(sum = parallel::dot(left, right));
    });
    targets.push_back({"13_simd in lanes, one thread, against the plain sum",
                       "13_simd/parallel", "13_simd/serial", Kind::times, 2.0});

    static Cake cake = {.slices = 4,
                        .crumbs = std::vector<std::uint8_t>(4'000'000, 33)};
    static std::array<std::int64_t, crumb_sizes> counts = {};
    lesson(
        "14_cake", 0.0, [] { serial::eat(cake, counts.data(), off); },
        [] { parallel::eat(cake, counts.data(), off); });

    constexpr int rows = 10'000;
    constexpr int columns = 2'000;
    static Matrix matrix(rows, columns);
    for (int y = 0; y < rows; ++y) {
        std::fill_n(matrix.row(y), columns, 0.5 + y);
    }
    static std::vector<double> means(columns);
    lesson(
        "15_mean", 0.0, [] { serial::column_means(matrix, means.data()); },
        [] { parallel::column_means(matrix, means.data()); });

    static std::vector<Score> scores(1'000'000);
    lesson(
        "16_scores", 0.0, [] { serial::sort_scores(scores, 10'000); },
        [] { parallel::sort_scores(scores, 10'000); },
        [] {
            for (std::size_t i = 0; i < scores.size(); ++i) {
                scores[i] = {
                    static_cast<std::int32_t>(random_bits(i) % 1'000'000),
                    static_cast<std::int32_t>(i)};
            }
        });
}

void add_png(int threads, std::vector<Target>& targets) {
    static const Image image = noisy_picture(4096, 3072);
    static const TemporaryFolder folder;
    static const std::filesystem::path file = folder / "written.png";
    constexpr int rows = 64;
    add("18_png/libpng", 1,
        [] { by_libpng::write_in_bands(image, file, rows); });
    add("18_png/serial", 1, [] { serial::write_in_bands(image, file, rows); });
    add("18_png/parallel", threads,
        [] { parallel::write_in_bands(image, file, rows); });
    targets.push_back({"18_png in bands against libpng's writer",
                       "18_png/parallel", "18_png/libpng", Kind::times, 1.6});
}

}  // namespace

std::vector<Target> register_cases(int threads) {
    omp_set_dynamic(0);
    std::vector<Target> targets;
    add(control_on_one, 1, compute);
    add(control_on_all, threads, compute);
    add("limit/empty_region", threads, [] {
#pragma omp parallel
        { benchmark::ClobberMemory(); }
    });
    add_filters(threads, targets);
    add_computing(threads, targets);
    add_png(threads, targets);
    return targets;
}
