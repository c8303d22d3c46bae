// Exercise 01: the roll call
//
// `parallel` without `for`: every thread of the team runs the whole block. Each
// asks for its own number there, and keeps it in a variable of its own.

#include "common/openmp.hpp"
#include "hello.hpp"

void roll_call(const Sign& sign) {
#pragma omp parallel
    {
        const int place = omp_get_thread_num();
        sign(place);
    }
}
