// Lesson 06: the red filter, and who did which row
//
// Rows need nothing from each other, so a team may share them. Each row is
// noted in the log: every row has a slot of its own there, so the log is as
// safe to share as the picture. It changes nothing of what is computed.

#include "red.hpp"

void red(Image& image, WorkLog& log) {
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);
        for (Pixel& pixel : image.row(y)) {
            pixel = {pixel.red, 0, 0};
        }
    }
}
