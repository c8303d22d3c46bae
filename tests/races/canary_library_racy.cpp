// Data races inside the C and C++ libraries, one of them, as CANARY says: the
// race detector must report it. Without tests/races/library_calls.cpp it does
// not.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>

void canary() {
    const char* const chosen = std::getenv("CANARY");
    const std::string what = chosen != nullptr ? chosen : "text";
    std::array<char, 100> text = {};
    std::ostringstream stream;
    unsigned seed = 1;
    int sum = 0;
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < 1'000; ++i) {
        if (what == "text") std::snprintf(text.data(), text.size(), "%d", i);
        if (what == "stream") stream << i;
        if (what == "random") sum += std::rand() % 2;
        if (what == "random_r") sum += rand_r(&seed) % 2;
    }
    std::printf("%d\n", sum);
}
