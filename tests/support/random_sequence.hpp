// SplitMix64 as it was published, number after number, for tests.

#pragma once

#include <cstdint>

/// The generator with a state: G. Steele, D. Lea, C. Flood, 2014, figure 17.
class RandomSequence {
 public:
    explicit RandomSequence(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        const std::uint64_t a = (state_ ^ state_ >> 30) * 0xbf58476d1ce4e5b9;
        const std::uint64_t b = (a ^ a >> 27) * 0x94d049bb133111eb;
        return b ^ b >> 31;
    }

 private:
    std::uint64_t state_;
};
