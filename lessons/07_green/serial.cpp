// Lesson 07: the green filter, and whose variable is whose
//
// `kept` is declared outside the loop, as older code often does. A team would
// share it: one thread would write it while another reads. Each thread needs
// a copy of its own, and has to be given one. With default(none) we must name
// every variable from outside, so we cannot forget one.

#include "green.hpp"

void green(Image& image) {
    Pixel kept;
    for (int y = 0; y < image.height(); ++y) {
        for (Pixel& pixel : image.row(y)) {
            kept = {0, pixel.green, 0};
            pixel = kept;
        }
    }
}
