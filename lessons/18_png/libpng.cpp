// Restructured: libpng's own writer, to compare with: one stream, row by row,
// at the same filter, level and strategy. There is nothing to share out in it.

#include "common/png.hpp"
#include "png.hpp"

void write_in_bands(const Image& image, const std::filesystem::path& file,
                    int /*rows_per_band*/) {
    write_png(image, file, PngEffort::fast);
}
