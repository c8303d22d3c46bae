// Exercise 17: a plan for two
//
// main, link and test need each other, 5 + 1 + 4 s: no plan takes less than 10.
// The list fits beside main, and the manual beside link and test. (The manual
// right after the list would keep link waiting: 12 s.) Only the end of
// the first sections is waited for; there both parts are compiled.

#include "jobs.hpp"

void build(const std::function<void(Step)>& take) {
#pragma omp parallel sections
    {
#pragma omp section
        take(Step::compile_main);
#pragma omp section
        take(Step::compile_list);
    }
#pragma omp parallel sections
    {
#pragma omp section
        {
            take(Step::link);
            take(Step::test);
        }
#pragma omp section
        take(Step::manual);
    }
}
