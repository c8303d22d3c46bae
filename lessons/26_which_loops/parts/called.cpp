// What the loops call.

#include "which_loops.hpp"

namespace {

int numbers = 0;  // given out by next_number()

}  // namespace

double term(int x, int place) {
    double value = 1.0;
    for (int i = 1; i <= place; ++i) value *= static_cast<double>(x) / i;
    return value;
}

void restart_numbers() { numbers = 0; }

int next_number() { return ++numbers; }
