// Right, but the threads let each other in one by one.

#include "grey.hpp"

void negative(Image& image, WorkLog& log) {
#pragma omp parallel for schedule(static, 1)
    for (int y = 0; y < image.height(); ++y) {
#pragma omp critical
        {
            const WorkLog::Item noted = log.item(y);
            for (Pixel& pixel : image.row(y)) {
                pixel.red = 255 - pixel.red;
                pixel.green = 255 - pixel.green;
                pixel.blue = 255 - pixel.blue;
            }
        }
    }
}
