// Exercise 05: the negative
//
// Every colour of a pixel becomes 255 minus itself, as on a film. The result is
// right, but one thread does everything, and the loops go through the picture
// column by column. Let the team share the rows, as grey.hpp promises. At the
// start of row y belongs this line, which tells the grader who did it:
//     const WorkLog::Item noted = log.item(y);

#include "grey.hpp"

void negative(Image& image, [[maybe_unused]] WorkLog& log) {
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            Pixel& pixel = image.row(y)[x];
            pixel.red = 255 - pixel.red;
            pixel.green = 255 - pixel.green;
            pixel.blue = 255 - pixel.blue;
        }
    }
}
