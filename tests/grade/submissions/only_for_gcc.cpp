// Has a race, but no team where the race detector looks.

#include "grey.hpp"

int rows_done;

void negative(Image& image, WorkLog& log) {
#ifndef __clang__
#pragma omp parallel for
#endif
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);
        ++rows_done;
        for (Pixel& pixel : image.row(y)) {
            pixel.red = 255 - pixel.red;
            pixel.green = 255 - pixel.green;
            pixel.blue = 255 - pixel.blue;
        }
    }
}
