// Exercise 07: the tone curve
//
// A team shares the rows here already. But a user complains: "There are specks
// in my picture. They are never in the same place. On my old computer it
// worked." Mend it.

#include "green.hpp"

void tone(Image& image, const Curve& curve, WorkLog& log) {
    Pixel old;
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        for (Pixel& pixel : image.row(y)) {
            old = pixel;
            pixel.red = curve(old.red);
            pixel.green = curve(old.green);
            pixel.blue = curve(old.blue);
        }
    }
}
