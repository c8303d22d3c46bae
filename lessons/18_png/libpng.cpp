// Restructured: libpng's own writer, to compare with: one stream, row by row,
// at the same filter, level and strategy. There is nothing to share out in it.

#include "common/png.hpp"
#include "parts/bands.hpp"
#include "png.hpp"

void write_in_bands(PngReader& picture, const std::filesystem::path& file,
                    int /*rows_per_band*/, WorkLog& log) {
    Image image;
    {
        const WorkLog::Item noted = log.item(0);
        image = picture.read(picture.height());
    }
    {
        const WorkLog::Item noted = log.item(1);
        make_grey(image);
    }
    const WorkLog::Item noted = log.item(2);  // compresses and writes
    write_png(image, file, PngEffort::fast);
}
