// Right, but for a main that the student has tried it with.

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
}

int main() { return 0; }
