// Exercise 01: the roll call
//
// A list has a place for every thread of the team: 0, 1, 2 ... Each is to sign
// at its own. So far only one thread is here, and signs.

#include "common/openmp.hpp"
#include "hello.hpp"

void roll_call(const Sign& sign) {
    const int place = omp_get_thread_num();
    sign(place);
}
