// Lesson 01: hello from a team
//
// Five tasks report in. No task waits for another, so a team of threads may
// share them; then nobody can say in which order they report.
// `diff serial.cpp parallel.cpp` shows all that it takes to call the team.

#include "common/openmp.hpp"
#include "hello.hpp"

void hello(int tasks, const Report& report) {
#pragma omp parallel for
    for (int task = 0; task < tasks; ++task) {
        report(task, omp_get_thread_num());
    }
}
