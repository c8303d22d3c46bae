// Lesson 24: dice
//
// A throw is some dice, and a die is a random number. random_number() makes
// number n of nothing but the seed and n: it remembers nothing, so no call
// depends on another one, and any thread may make any number. The sums are
// counted as the crumbs of lesson 14 are: each thread for itself.

#include "dice.hpp"

void roll(std::int64_t throws, int dice, std::uint64_t seed,
          std::int64_t* counts) {
    for (std::int64_t i = 0; i < throws; ++i) {
        int sum = 0;
        for (int die = 0; die < dice; ++die) {
            sum += face(random_number(seed, i * dice + die));
        }
        ++counts[sum];
    }
}
