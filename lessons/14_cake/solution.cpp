// Exercise 14: the brightest pixel
//
// A row has a best of its own, which no other thread sees. Only once per row is
// it compared with the best of all, which is shared: `critical` protects the
// question and the answer together. Rows come in any order, so of two as bright
// the one in the upper row wins.

#include "cake.hpp"

Brightest brightest(const Image& image, WorkLog& log) {
    Brightest best;
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        const auto row = image.row(y);
        Brightest own;
        for (int x = 0; x < image.width(); ++x) {
            const int brightness = row[x].red + row[x].green + row[x].blue;
            if (brightness > own.brightness) own = {brightness, x, y};
        }
#pragma omp critical
        if (own.brightness > best.brightness ||
            (own.brightness == best.brightness && own.y < best.y)) {
            best = own;
        }
    }
    return best;
}
