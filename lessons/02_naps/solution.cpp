// Exercise 02: dreams
//
// Every dream has its own place from the beginning: that of its nap. No two
// threads write the same place, and who writes first does not matter. With
// push_back the list's end belonged to everybody.

#include "naps.hpp"

std::vector<std::string> dreams(const Plan& plan, const Dream& dream) {
    const int count = static_cast<int>(plan.seconds.size());
    std::vector<std::string> told(plan.seconds.size());
#pragma omp parallel for num_threads(plan.threads)
    for (int i = 0; i < count; ++i) {
        told[i] = dream(i);
    }
    return told;
}
