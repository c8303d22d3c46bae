// Exercise 06: bands of one colour
//
// The rows that are left over go to the first bands, one each. `first` went
// from each band to the next; now every band finds its own rows: those before
// it are `band` times the usual height, and one more for each higher band.

#include <algorithm>

#include "red.hpp"

namespace {

/// Gives the rows first .. end-1 one colour: their mean.
void one_colour(Image& image, int first, int end) {
    std::int64_t red = 0;
    std::int64_t green = 0;
    std::int64_t blue = 0;
    for (int y = first; y < end; ++y) {
        for (const Pixel& pixel : image.row(y)) {
            red += pixel.red;
            green += pixel.green;
            blue += pixel.blue;
        }
    }
    const auto pixels = static_cast<std::int64_t>(end - first) * image.width();
    if (pixels == 0) return;
    const Pixel mean = {static_cast<std::uint8_t>(red / pixels),
                        static_cast<std::uint8_t>(green / pixels),
                        static_cast<std::uint8_t>(blue / pixels)};
    for (int y = first; y < end; ++y) {
        for (Pixel& pixel : image.row(y)) pixel = mean;
    }
}

}  // namespace

void bands(Image& image, int count, WorkLog& log) {
    const int rows = image.height() / count;
    const int higher = image.height() % count;  // bands with a row more
#pragma omp parallel for
    for (int band = 0; band < count; ++band) {
        const WorkLog::Item noted = log.item(band);  // tells who did the band
        const int first = band * rows + std::min(band, higher);
        one_colour(image, first, first + rows + (band < higher ? 1 : 0));
    }
}
