// Neighbouring points that make their steps together, for lanes.cpp.

#pragma once

#include <array>
#include <cstdint>

/// How many: as many as all registers of a core hold. With AVX-512 they are
/// twice as wide, and twice as many.
#ifdef __AVX512F__
constexpr int lanes = 32;
#else
constexpr int lanes = 16;
#endif

/// Steps with counting and without, from one look to the next.
constexpr int few = 10;
constexpr int many = 20;

using Numbers = std::array<double, lanes>;
using Counts = std::array<std::int64_t, lanes>;  ///< as wide as a double

/// A complex number for each point.
struct Points {
    Numbers real, imaginary;
};

// They are inlined, or else the points would not stay in the registers. And of
// registers of 512 bits, clang++ uses half unless it is told, and on some
// processors g++ as well.
#ifdef __clang__
#define IN_REGISTERS [[gnu::always_inline, clang::min_vector_width(512)]] inline
#else
#define IN_REGISTERS [[gnu::always_inline]] inline
#ifdef __AVX512F__
#pragma GCC target("prefer-vector-width=512")
#endif
#endif

/// Makes that many steps with all points, z = z^2 + x + iy. With `counting`,
/// each adds 1 to the times of the points that are inside before it.
template <int steps, bool counting>
IN_REGISTERS void make_steps(Points& z, const Numbers& x, double y,
                             Counts& times) {
    for (int step = 0; step < steps; ++step) {
#pragma omp simd simdlen(lanes)
        for (int i = 0; i < lanes; ++i) {
            const double real_squared = z.real[i] * z.real[i];
            const double imaginary_squared = z.imaginary[i] * z.imaginary[i];
            const double distance_squared = real_squared + imaginary_squared;
            if (counting) times[i] += distance_squared <= 4.0 ? 1 : 0;
            z.imaginary[i] = 2.0 * z.real[i] * z.imaginary[i] + y;
            z.real[i] = real_squared - imaginary_squared + x[i];
        }
    }
}

/// How many points are inside.
IN_REGISTERS int count_inside(const Points& z) {
    int inside = 0;
#pragma omp simd simdlen(lanes) reduction(+ : inside)
    for (int i = 0; i < lanes; ++i) {
        const double real_squared = z.real[i] * z.real[i];
        const double imaginary_squared = z.imaginary[i] * z.imaginary[i];
        inside += real_squared + imaginary_squared <= 4.0 ? 1 : 0;
    }
    return inside;
}
