// Wrong on purpose: all threads call next_random() at the same time.
//
// Each thread counts for itself, so this loop looks safe. But the function that
// it calls changes a variable that you do not see here. Some numbers are used
// twice, and the sums look as right as ever.

#include "dice.hpp"

void roll(std::int64_t throws, int dice, std::uint64_t seed,
          std::int64_t* counts) {
    start_random(seed);
#pragma omp parallel for reduction(+ : counts[:6 * dice + 1])
    for (std::int64_t i = 0; i < throws; ++i) {
        int sum = 0;
        for (int die = 0; die < dice; ++die) sum += face(next_random());
        ++counts[sum];
    }
}
