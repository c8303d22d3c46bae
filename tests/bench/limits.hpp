// What is measured in one process: limits, filters, the harness.

#pragma once

#include <functional>
#include <string>

#include "common/image.hpp"

// Two controls show whether the machine is quiet: the same computing on one
// thread and on all. First steps that wait for each other; then as much
// arithmetic as a core can do, which also shows when somebody else uses the
// other half of a core (a neighbour on the same host).
inline const std::string control_on_one = "control/compute/one";
inline const std::string control_on_all = "control/compute/all";
inline const std::string arithmetic_on_one = "limit/arithmetic/one";
inline const std::string arithmetic_on_all = "limit/arithmetic/all";

// The limits of the machine, and what one run of each does.
inline const std::string copy_loop = "limit/copy";
inline const std::string copy_by_memcpy = "limit/memcpy";
inline const std::string pass_in_place = "limit/pass";
inline const std::string empty_region = "limit/empty_region";
/// Pixels; a picture of 453 MB, which no cache holds. (With 8192 it would be
/// 201 MB, and there are third-level caches of 260 MB.)
inline constexpr int limit_side = 12288;
inline constexpr double limit_pixels = 1.0 * limit_side * limit_side;
inline constexpr double limit_bytes = 6.0 * limit_pixels;
inline constexpr int arithmetic_lanes = 128;  // 16 registers of 8 numbers
inline constexpr int arithmetic_rounds = 10'000;
/// Of doubles: a product and a sum for each lane, round and thread.
constexpr double arithmetic_operations(int threads) {
    return 2.0 * arithmetic_lanes * arithmetic_rounds * threads;
}

inline const std::string harness_work = "harness/work";
inline const std::string harness_alone = "harness/around_nothing";

/// Size of the teams: OMP_NUM_THREADS, or as many as there are processors.
int all_threads();

/// Adds a benchmark for a team of so many threads.
void add_benchmark(const std::string& name, int threads,
                   const std::function<void()>& run);

/// A black picture of limit_side x limit_side pixels, made once. The filters
/// and the loops that only move bytes are compared on this same memory: between
/// two pictures of one size in one program they were 25 % apart. The colours
/// make no difference to their times.
Image& limit_picture();

void add_filters();
