// Wrong when the team has three threads, and only then.

#include "common/openmp.hpp"
#include "grey.hpp"

void negative(Image& image, WorkLog& log) {
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);
        for (Pixel& pixel : image.row(y)) {
            pixel.red = 255 - pixel.red;
            pixel.green = 255 - pixel.green;
            pixel.blue = 255 - pixel.blue;
        }
    }
    if (omp_get_max_threads() == 3 && image.height() > 0) {
        image.row(0)[0].red ^= 1;
    }
}
