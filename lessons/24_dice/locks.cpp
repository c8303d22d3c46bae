// Restructured: all threads count in one list, and each sum has its own lock.
//
// One critical would let one thread count at a time. Here two threads wait for
// each other only where they have thrown the same sum.

#include <vector>

#include "common/openmp.hpp"
#include "dice.hpp"

void roll(std::int64_t throws, int dice, std::uint64_t seed,
          std::int64_t* counts) {
    std::vector<omp_lock_t> locks(6 * dice + 1);
    for (omp_lock_t& lock : locks) omp_init_lock(&lock);
#pragma omp parallel for
    for (std::int64_t i = 0; i < throws; ++i) {
        int sum = 0;
        for (int die = 0; die < dice; ++die) {
            sum += face(random_number(seed, i * dice + die));
        }
        omp_set_lock(&locks[sum]);
        ++counts[sum];
        omp_unset_lock(&locks[sum]);
    }
    for (omp_lock_t& lock : locks) omp_destroy_lock(&lock);
}
