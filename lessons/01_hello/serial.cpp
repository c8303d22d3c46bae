// Lesson 01: hello from a team
//
// Five iterations report in. No iteration needs another one, so a team of
// threads may share them. Then nobody can say in which order they report.
// `diff serial.cpp parallel.cpp` shows the one line that makes the team.

#include "common/openmp.hpp"
#include "hello.hpp"

void hello(int count, const Report& report) {
    for (int i = 0; i < count; ++i) {
        report(i, omp_get_thread_num());
    }
}
