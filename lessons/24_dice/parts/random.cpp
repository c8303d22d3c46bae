// Two ways to get the same random numbers: which one may a team call?

#include "dice.hpp"

namespace {

std::uint64_t shared_seed = 0;
std::uint64_t drawn = 0;  // numbers since start_random()

}  // namespace

std::uint64_t random_number(std::uint64_t seed, std::uint64_t n) {
    std::uint64_t mixed = seed + (n + 1) * 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

void start_random(std::uint64_t seed) {
    shared_seed = seed;
    drawn = 0;
}

std::uint64_t next_random() { return random_number(shared_seed, drawn++); }

std::uint64_t numbers_drawn() { return drawn; }
