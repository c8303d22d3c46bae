// Exercise 14: the brightest pixel
//
// Finds the brightest pixel and its place. The loop is right as it is, but one
// thread does all of it. Let the team share the rows. Of pixels that are as
// bright the first one wins, in every run. And the team should be faster than
// one thread.

#include "cake.hpp"

Brightest brightest(const Image& image, WorkLog& log) {
    Brightest best;
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        const auto row = image.row(y);
        for (int x = 0; x < image.width(); ++x) {
            const int brightness = row[x].red + row[x].green + row[x].blue;
            if (brightness > best.brightness) best = {brightness, x, y};
        }
    }
    return best;
}
