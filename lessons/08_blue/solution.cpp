// Exercise 08: the mirror
//
// Pixels change places in pairs, from the two ends of a row to its middle. Each
// row is read and written once, and by one thread.

#include <algorithm>

#include "blue.hpp"

void mirror(Image& image, WorkLog& log) {
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        const auto pixels = image.row(y);
        std::reverse(pixels.begin(), pixels.end());
        if (!image.has_alpha()) continue;
        const auto opacities = image.alpha_row(y);
        std::reverse(opacities.begin(), opacities.end());
    }
}
