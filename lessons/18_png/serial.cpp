// Lesson 18: the PNG writer
//
// PNG needs all rows as one compressed stream, and to compress is to look back
// at what came before. We give this up at the seams: each band of rows starts
// without a past and ends on a whole byte. So no band needs another one, and
// one after the other they are still one stream. Bands are uneven work, because
// smooth rows are done sooner. Their order in the file is fixed: they are
// written when all are done.

#include <vector>

#include "parts/band.hpp"
#include "parts/png_file.hpp"
#include "png.hpp"

void write_in_bands(const Image& image, const std::filesystem::path& file,
                    int rows_per_band) {
    PngFile png(file, image);
    const int count = number_of_bands(image, rows_per_band);
    std::vector<Band> bands(count);
    for (int i = 0; i < count; ++i) {
        bands[i] = compress_band(image, i, rows_per_band);
    }
    for (const Band& band : bands) png.append(band);
    png.finish();
}
