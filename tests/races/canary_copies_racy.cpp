// A data race of which nothing is seen but copies of a whole struct: the race
// detector must report it. Without tests/races/copied_bytes.cpp it does
// not.

#include <cstdio>
#include <functional>
#include <vector>

#include "common/image.hpp"

int main() {
    const std::function<int(int)> next = [](int i) { return i + 1; };
    std::vector<Pixel> pixels(2'000);
    const int count = static_cast<int>(pixels.size());
    Pixel old;
    int sum = 0;
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < count; ++i) {
        old = pixels[i];  // written by every thread, protected by nothing
        sum += next(i) + old.red;
    }
    std::printf("%d\n", sum);
    return 0;
}
