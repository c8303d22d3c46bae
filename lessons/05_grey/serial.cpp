// Lesson 05: the grey filter
//
// Every pixel becomes the mean of its three colours. No row needs another
// row, so the rows may be done in any order, or several at a time.
// `diff serial.cpp parallel.cpp` shows the one line that says so.

#include "grey.hpp"

void grey(Image& image) {
    for (int y = 0; y < image.height(); ++y) {
        for (Pixel& pixel : image.row(y)) {
            const int sum = pixel.red + pixel.green + pixel.blue;
            const auto mean = static_cast<std::uint8_t>(sum / 3);
            pixel = {mean, mean, mean};
        }
    }
}
