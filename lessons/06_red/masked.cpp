// Restructured: a row as plain bytes, and a mask of as many bytes.
//
// The mask has all bits of red set, and none of the other two colours. "Byte
// and byte of the mask" keeps the red. That is the same for every byte, so one
// instruction does it for up to 64 of them.

#include <cstddef>
#include <vector>

#include "red.hpp"

void red(Image& image, WorkLog& log) {
    const std::vector<Pixel> mask(image.width(), Pixel{255, 0, 0});
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y);
        const std::span kept = std::as_bytes(std::span(mask));
        const std::span bytes = std::as_writable_bytes(image.row(y));
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] &= kept[i];
        }
    }
}
