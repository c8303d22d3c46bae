// Exercise 02: dreams
//
// Each nap has a dream. The list of dreams is right, but the naps are taken one
// after the other. Let plan.threads of them be taken at the same time. The nap
// that ends first need not be the one that began first, but the list must still
// be in the order that naps.hpp promises.

#include "naps.hpp"

std::vector<std::string> dreams(const Plan& plan, const Dream& dream) {
    const int count = static_cast<int>(plan.seconds.size());
    std::vector<std::string> told;
    for (int i = 0; i < count; ++i) {
        told.push_back(dream(i));
    }
    return told;
}
