// Leaves a process of its own behind, out of its group.

#include <unistd.h>

#include "grey.hpp"

void negative(Image& image, WorkLog& log) {
    if (fork() == 0) {
        setsid();
        sleep(3600);
        _exit(0);
    }
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);
        for (Pixel& pixel : image.row(y)) {
            pixel.red = 255 - pixel.red;
            pixel.green = 255 - pixel.green;
            pixel.blue = 255 - pixel.blue;
        }
    }
}
