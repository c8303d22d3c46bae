// Lesson 06: the red filter, and who did which row
//
// No row needs another row, so a team may share them. The log notes who did
// each row. Every row has a slot of its own there, so the log is as safe to
// share as the picture. It changes nothing in the picture.

#include "red.hpp"

void red(Image& image, WorkLog& log) {
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);
        for (Pixel& pixel : image.row(y)) {
            pixel = {pixel.red, 0, 0};
        }
    }
}
