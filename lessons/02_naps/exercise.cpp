// Exercise 02: dreams
//
// Each nap has a dream, told when it is over. The list of dreams is right as it
// is, but one nap waits for the other. Let plan.threads of them be taken at the
// same time. The first to wake up need not be the first who went to sleep: the
// list shall be in the order that naps.hpp promises all the same.

#include "naps.hpp"

std::vector<std::string> dreams(const Plan& plan, const Dream& dream) {
    const int count = static_cast<int>(plan.seconds.size());
    std::vector<std::string> told;
    for (int i = 0; i < count; ++i) {
        told.push_back(dream(i));
    }
    return told;
}
