// Restructured: each thread has its own generator, and a block of the throws.
//
// Before its first throw, a thread moves its generator to where that block
// begins in the sequence. So no number is used twice, and none is left out.

#include "common/openmp.hpp"
#include "dice.hpp"

namespace {

std::uint64_t next_number = 0;  // of this thread
#pragma omp threadprivate(next_number)

int next_face(std::uint64_t seed) {
    return face(random_number(seed, next_number++));
}

}  // namespace

void roll(std::int64_t throws, int dice, std::uint64_t seed,
          std::int64_t* counts) {
#pragma omp parallel reduction(+ : counts[:6 * dice + 1])
    {
        const std::int64_t thread = omp_get_thread_num();
        const std::int64_t threads = omp_get_num_threads();
        const std::int64_t begin = throws * thread / threads;
        const std::int64_t end = throws * (thread + 1) / threads;
        next_number = begin * dice;
        for (std::int64_t i = begin; i < end; ++i) {
            int sum = 0;
            for (int die = 0; die < dice; ++die) sum += next_face(seed);
            ++counts[sum];
        }
    }
}
