// Exercise 05: the negative
//
// Row y belongs to one iteration, and what is declared inside the loops belongs
// to one thread. `old` stood outside: shared, and written by the whole team.

#include "grey.hpp"

void negative(Image& image, WorkLog& log) {
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        for (Pixel& pixel : image.row(y)) {
            const Pixel old = pixel;
            pixel.red = 255 - old.red;
            pixel.green = 255 - old.green;
            pixel.blue = 255 - old.blue;
        }
    }
}
