// What the machine can give, to loops that compute and to loops that move
// bytes; and in the same process what is compared on the same memory. `bench`
// starts this program and reads its --benchmark_out.

#include "tests/bench/limits.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "common/lesson.hpp"
#include "common/machine.hpp"
#include "common/openmp.hpp"
#include "common/programs/logistic_map.hpp"

namespace {

void compute() {
    constexpr int blocks = 96;
    constexpr int steps = 60'000;
    double sum = 0.0;
#pragma omp parallel for reduction(+ : sum)
    for (int block = 0; block < blocks; ++block) {
        sum += logistic_map(0.1 + 0.001 * block, steps);
    }
    benchmark::DoNotOptimize(sum);
}

/// As many products and sums as the core can do, in lanes that do not wait for
/// each other. The start values are not known here, or else the compiler would
/// do one lane for all.
[[gnu::noinline]] double arithmetic_of_one(
    const std::array<double, arithmetic_lanes>& start, double factor) {
    alignas(64) std::array<double, arithmetic_lanes> x = start;
    for (int round = 0; round < arithmetic_rounds; ++round) {
#pragma omp simd
        for (int i = 0; i < arithmetic_lanes; ++i) x[i] = x[i] * factor + 0.001;
    }
    return std::accumulate(x.begin(), x.end(), 0.0);
}

void arithmetic_of_all() {
    std::array<double, arithmetic_lanes> start;
    std::iota(start.begin(), start.end(), 0.5);
    volatile double unknown = 0.999;
    const double factor = unknown;
    double sum = 0.0;
#pragma omp parallel reduction(+ : sum)
    sum += arithmetic_of_one(start, factor);
    benchmark::DoNotOptimize(sum);
}

// Functions of their own with plain parameters, so that g++ and clang++
// vectorise the loops. (The flags of this file keep them from making a call of
// memcpy out of the first.)
using Move = void(std::uint8_t* to, std::uint8_t* from, std::int64_t size);

[[gnu::noinline]] void copy(std::uint8_t* __restrict to,
                            std::uint8_t* __restrict from, std::int64_t size) {
    for (std::int64_t i = 0; i < size; ++i) to[i] = from[i];
}
[[gnu::noinline]] void pass(std::uint8_t* /*to*/, std::uint8_t* bytes,
                            std::int64_t size) {
    for (std::int64_t i = 0; i < size; ++i) bytes[i] ^= 1;
}
void call_memcpy(std::uint8_t* to, std::uint8_t* from, std::int64_t size) {
    std::memcpy(to, from, static_cast<std::size_t>(size));
}

/// Every thread moves its part of the picture, or changes it.
void move_picture(Move* move) {
    constexpr auto bytes = static_cast<std::int64_t>(limit_bytes / 2);
    static std::vector<std::uint8_t> copied(bytes);  // for all of the limits
    std::uint8_t* const to = copied.data();
    std::uint8_t* const from = &limit_picture().row(0).front().red;
#pragma omp parallel
    {
        const std::int64_t team = omp_get_num_threads();
        const std::int64_t me = omp_get_thread_num();
        const std::int64_t begin = bytes * me / team;
        const std::int64_t end = bytes * (me + 1) / team;
        move(to + begin, from + begin, end - begin);
    }
}

// What common/lesson adds to a lesson's function: options, warm-up, clocks.
constexpr int calls = 11;  // ten timed runs and a warm-up

/// A lesson whose function does nothing: all of its time is the harness's.
void run_empty_lesson() {
    int count = 0;
    Lesson lesson("00_harness", "Does nothing.");
    std::array<char, 8> name = {"harness"};
    std::array<char, 12> repeats = {"--repeat=10"};
    std::array<char*, 2> arguments = {name.data(), repeats.data()};
    const int status = lesson.run(2, arguments.data(), [&] {
        // With a preparation, short work is not repeated until it is long.
        lesson.measure([&] { ++count; }, [] {});
    });
    if (status != 0 || count != calls) {
        throw std::logic_error("the harness does not call a function 11 times");
    }
}

void add_harness() {
    add_benchmark(harness_work, 1, [] {
        constexpr int steps = 2'600'000;  // 10 ms
        double x = logistic_map(0.1, calls * steps);
        benchmark::DoNotOptimize(x);
    });
    add_benchmark(harness_alone, 1, run_empty_lesson);
}

void add_limits(int all) {
    move_picture(copy);  // all memory is there before anything is timed
    add_benchmark(control_on_one, 1, compute);
    add_benchmark(control_on_all, all, compute);
    add_benchmark(arithmetic_on_one, 1, arithmetic_of_all);
    add_benchmark(arithmetic_on_all, all, arithmetic_of_all);
    add_benchmark(empty_region, all, [] {
#pragma omp parallel
        { benchmark::ClobberMemory(); }
    });
    add_benchmark(copy_loop, all, [] { move_picture(copy); });
    add_benchmark(pass_in_place, all, [] { move_picture(pass); });
    add_benchmark(copy_by_memcpy, all, [] { move_picture(call_memcpy); });
}

}  // namespace

int all_threads() {
    static const int threads = omp_get_max_threads();
    return threads;
}

void add_benchmark(const std::string& name, int threads,
                   const std::function<void()>& run) {
    constexpr double shortest = 0.05;  // seconds of a repetition
    const auto body = [=](benchmark::State& state) {
        omp_set_num_threads(threads);
        for ([[maybe_unused]] const auto step : state) run();
    };
    benchmark::RegisterBenchmark(name.c_str(), body)
        ->UseRealTime()
        ->MinTime(shortest);
}

Image& limit_picture() {
    static Image picture(limit_side, limit_side);
    return picture;
}

int main(int argc, char** argv) {
    omp_set_dynamic(0);
    add_limits(all_threads());
    add_filters();
    add_harness();
    benchmark::AddCustomContext("machine", machine_line(describe_machine()));
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
