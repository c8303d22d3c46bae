// Exercise 06: the threshold
//
// Black and white, and nothing between. The picture is right, and a team is at
// work. But look at the map: make the team share the rows.

#include "red.hpp"

void threshold(Image& image, int limit, WorkLog& log) {
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);  // tells who did row y
        const auto row = image.row(y);
#pragma omp parallel for
        for (int x = 0; x < image.width(); ++x) {
            const int sum = row[x].red + row[x].green + row[x].blue;
            row[x] = sum >= limit ? Pixel{255, 255, 255} : Pixel{0, 0, 0};
        }
    }
}
