#include "common/image.hpp"

#include <stdexcept>

Image::Image(int width, int height, bool with_alpha)
    : width_(width), height_(height), has_alpha_(with_alpha) {
    if (width < 0 || height < 0) {
        throw std::invalid_argument("Image: a side is negative");
    }
    pixels_.resize(start_of(height));
    if (with_alpha) alpha_.resize(pixels_.size(), 255);
}
