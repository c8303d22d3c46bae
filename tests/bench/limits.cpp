// What the machine can give: to whoever computes, and to whoever moves bytes.

#include <array>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <vector>

#include "common/openmp.hpp"
#include "common/programs/logistic_map.hpp"
#include "tests/bench/keep.hpp"
#include "tests/bench/pictures.hpp"
#include "tests/bench/suite.hpp"

namespace {

void compute() {
    constexpr int blocks = 96;
    constexpr int steps = 60'000;
    double sum = 0.0;
#pragma omp parallel for reduction(+ : sum)
    for (int block = 0; block < blocks; ++block) {
        sum += logistic_map(0.1 + 0.001 * block, steps);
    }
    keep(sum);
}

constexpr std::size_t cache_line = 64;

/// As many products and sums as the core can do, in lanes that do not wait for
/// each other. Where they begin is not known here, or else the compiler would
/// do one lane for all.
[[gnu::noinline]] double arithmetic_of_one(
    const std::array<double, arithmetic_lanes>& start, double factor) {
    alignas(cache_line) std::array<double, arithmetic_lanes> x = start;
    for (int round = 0; round < arithmetic_rounds; ++round) {
#pragma omp simd
        for (int i = 0; i < arithmetic_lanes; ++i) x[i] = x[i] * factor + 0.001;
    }
    return std::accumulate(x.begin(), x.end(), 0.0);
}

/// Where bytes are moved: from the picture on which the filters are measured,
/// to as much memory elsewhere.
struct Stretches {
    std::uint8_t* from = &picture(limit_side).row(0).front().red;
    std::vector<std::uint8_t> to =
        std::vector<std::uint8_t>(std::size_t{3} * limit_side * limit_side);
};

/// A thread's part of `bytes`.
struct Part {
    std::int64_t begin;
    std::int64_t size;
};
Part my_part(std::int64_t bytes) {
    const std::int64_t team = omp_get_num_threads();
    const std::int64_t me = omp_get_thread_num();
    const std::int64_t begin = bytes * me / team;
    return {begin, bytes * (me + 1) / team - begin};
}

// Functions of their own with plain parameters, so that g++ and clang++
// vectorise the loops. (The flags of this file keep them from making a call of
// memcpy out of the first.)
[[gnu::noinline]] void copy(std::uint8_t* __restrict to,
                            const std::uint8_t* __restrict from,
                            std::int64_t size) {
    for (std::int64_t i = 0; i < size; ++i) to[i] = from[i];
}
[[gnu::noinline]] void pass(std::uint8_t* bytes, std::int64_t size) {
    for (std::int64_t i = 0; i < size; ++i) bytes[i] ^= 1;
}

/// A benchmark in which every thread does its part of the stretches.
void add_moving(Suite& suite, const std::string& name,
                void (*move)(std::uint8_t* to, std::uint8_t* from,
                             std::int64_t size)) {
    suite.add(name, suite.threads(), Make([move] {
                  static Stretches stretches;  // for all of them
                  return Prepared{.run = [move] {
#pragma omp parallel
                      {
                          const auto [begin, size] = my_part(
                              static_cast<std::int64_t>(stretches.to.size()));
                          move(stretches.to.data() + begin,
                               stretches.from + begin, size);
                      }
                  }};
              }));
}

}  // namespace

void add_limits(Suite& suite) {
    suite.add(control_on_one, 1, compute);
    suite.add(control_on_all, suite.threads(), compute);
    const auto arithmetic = [] {
        std::array<double, arithmetic_lanes> start;
        std::iota(start.begin(), start.end(), 0.5);
        volatile double unknown = 0.999;
        const double factor = unknown;
        double sum = 0.0;
#pragma omp parallel reduction(+ : sum)
        sum += arithmetic_of_one(start, factor);
        keep(sum);
    };
    suite.add(arithmetic_on_one, 1, arithmetic);
    suite.add(arithmetic_on_all, suite.threads(), arithmetic);
    suite.add(empty_region, suite.threads(), [] {
#pragma omp parallel
        { benchmark::ClobberMemory(); }
    });
    add_moving(suite, copy_loop,
               [](auto* to, auto* from, auto size) { copy(to, from, size); });
    add_moving(suite, pass_in_place,
               [](auto* /*to*/, auto* from, auto size) { pass(from, size); });
    add_moving(suite, "limit/memcpy", [](auto* to, auto* from, auto size) {
        std::memcpy(to, from, static_cast<std::size_t>(size));
    });
}
