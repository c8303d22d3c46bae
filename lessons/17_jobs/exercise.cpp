// Exercise 17: jobs that depend on others
//
// A program is built in five steps. In this order, one after the other, each
// step finds what it needs. Let steps that do not need each other run at the
// same time, as jobs.hpp promises. The variables are names for what a step
// makes: use them to say which step needs what.

#include "jobs.hpp"

void build(const std::function<void(Step)>& take) {
    [[maybe_unused]] char main_object = 0;  // made by compile_main
    [[maybe_unused]] char list_object = 0;  // made by compile_list
    [[maybe_unused]] char program = 0;      // made by link

    take(Step::compile_main);
    take(Step::compile_list);
    take(Step::link);
    take(Step::test);
    take(Step::manual);
}
