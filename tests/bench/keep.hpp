// Against a compiler that is too clever.

#pragma once

#include <benchmark/benchmark.h>

/// Keeps what was computed from being left out.
template <typename T>
void keep(T& value) {
    benchmark::DoNotOptimize(value);
    benchmark::ClobberMemory();
}
