// The picture is right, but the threads race for a counter.

#include "grey.hpp"

int rows_done = 0;

void negative(Image& image, WorkLog& log) {
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);
        rows_done = rows_done + 1;
        for (Pixel& pixel : image.row(y)) {
            pixel.red = 255 - pixel.red;
            pixel.green = 255 - pixel.green;
            pixel.blue = 255 - pixel.blue;
        }
    }
}
