// Exercise 06: bands of one colour
//
// The picture is cut into bands of neighbouring rows, as the rows of a loop are
// cut into blocks, and each band gets one colour. One thread does all bands.
// And of ten rows in three bands, one row stays as it was. Mend the first and
// the last row of a band, and let the team share the bands.

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
    int first = 0;
    for (int band = 0; band < count; ++band) {
        const WorkLog::Item noted = log.item(band);  // tells who did the band
        one_colour(image, first, first + rows);
        first += rows;
    }
}
