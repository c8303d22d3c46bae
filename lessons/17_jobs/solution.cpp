// Exercise 17: jobs that depend on others
//
// One thread makes five tasks and says for each what it needs and what it
// makes. The runtime does the rest: a task begins when the tasks before it that
// make what it needs are done. The variables are names for the things; nobody
// uses their values, only their addresses count.

#include "jobs.hpp"

void build(const std::function<void(Step)>& take) {
    [[maybe_unused]] char main_object = 0;  // made by compile_main
    [[maybe_unused]] char list_object = 0;  // made by compile_list
    [[maybe_unused]] char program = 0;      // made by link

#pragma omp parallel
#pragma omp single
    {
#pragma omp task depend(out : main_object)
        take(Step::compile_main);
#pragma omp task depend(out : list_object)
        take(Step::compile_list);
#pragma omp task depend(in : main_object, list_object) depend(out : program)
        take(Step::link);
#pragma omp task depend(in : program)
        take(Step::test);
#pragma omp task depend(in : list_object)
        take(Step::manual);
    }
}
