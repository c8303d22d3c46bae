// Exercise 14: the histogram of a picture
//
// Counts the pixels by lightness. The loop is right as it is, but one thread
// does all of it. Let the team share the rows. No pixel may be lost, and the
// team should still be faster than one thread.

#include "cake.hpp"

void histogram(const Image& image, std::int64_t* counts, WorkLog& log) {
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        for (const Pixel& pixel : image.row(y)) {
            ++counts[(pixel.red + pixel.green + pixel.blue) / 3];
        }
    }
}
