// Lesson 18: the PNG writer
//
// PNG needs all rows as one compressed stream, and to compress is to look back
// at what came before. We give this up at the seams: each band of rows starts
// without a past and ends on a whole byte. So no band needs another one, and
// one after the other they are still one stream. Bands are uneven work, because
// smooth rows are done sooner. Their order in the file is fixed: they are
// written when all are done.

#include "parts/bands.hpp"
#include "png.hpp"

void write_in_bands(PngReader& picture, const std::filesystem::path& file,
                    int rows_per_band, WorkLog& log) {
    Bands bands(picture, file, rows_per_band, log);
    for (int i = 0; i < bands.count(); ++i) bands.read(i);
    for (int i = 0; i < bands.count(); ++i) {
        bands.grey(i);
        bands.compress(i);
    }
    for (int i = 0; i < bands.count(); ++i) bands.write(i);
    bands.finish();
}
