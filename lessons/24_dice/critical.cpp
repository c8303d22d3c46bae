// Restructured: the generator is shared, and one thread at a time may use it.
//
// The dice of a throw are drawn together, so throws have the same dice as in
// serial.cpp, only in another order. Drawing and counting are protected by
// different names: while one thread draws, another may count.

#include "dice.hpp"

void roll(std::int64_t throws, int dice, std::uint64_t seed,
          std::int64_t* counts) {
    start_random(seed);
#pragma omp parallel for
    for (std::int64_t i = 0; i < throws; ++i) {
        int sum = 0;
#pragma omp critical(generator)
        for (int die = 0; die < dice; ++die) sum += face(next_random());
#pragma omp critical(counting)
        ++counts[sum];
    }
}
