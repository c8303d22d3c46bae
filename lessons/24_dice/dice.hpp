#pragma once

#include <cstdint>

#include "common/work_log.hpp"

/// Number n = 0, 1, 2 ... of the random sequence that `seed` begins: any of
/// 2^64. What comes back depends on the arguments alone.
///
/// It is SplitMix64: G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom
/// Number Generators, OOPSLA 2014, figure 17. As published it is a state that
/// grows by the same constant each time, so number n can be had at once.
std::uint64_t random_number(std::uint64_t seed, std::uint64_t n);

/// Begins the sequence of `seed` again, for next_random().
void start_random(std::uint64_t seed);

/// The next number of that sequence, from a generator that the whole program
/// shares. Not safe: never call it on two threads at the same time.
std::uint64_t next_random();

/// How many numbers next_random() has given since start_random().
std::uint64_t numbers_drawn();

/// The face of a die, 1 .. 6, that a random number means.
constexpr int face(std::uint64_t number) {
    return static_cast<int>(1 + number % 6);
}

/// The place in 0 <= x < 1 that a random number means: its first 53 bits.
constexpr double unit(std::uint64_t number) {
    return static_cast<double>(number >> 11) * 0x1p-53;
}

/// Throws `dice` dice, 1 <= dice, `throws` times, and counts their sums:
/// counts[sum] grows by the number of throws with that sum. `counts` has
/// 6 * dice + 1 elements. The dice of throw i are the numbers i * dice ..
/// i * dice + dice - 1 of the sequence of `seed`, so the counts are the same
/// for every number of threads. (racy.cpp uses some numbers twice.)
void roll(std::int64_t throws, int dice, std::uint64_t seed,
          std::int64_t* counts);

/// The exercise. Throws darts at a square of side 1, and counts those that come
/// down less than 1 from one of its corners: about pi / 4 of them. Dart i is at
/// x = unit(number 2 * i) and y = unit(number 2 * i + 1) of the sequence of
/// `seed`, so the count is the same for every number of threads. It may be
/// called on several threads at the same time. The darts are shared among the
/// team; the log, where it is on, has one item per dart.
std::int64_t count_hits(std::int64_t darts, std::uint64_t seed, WorkLog& log);
