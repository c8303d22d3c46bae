#include "common/image.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace {

std::size_t number_of_pixels(int width, int height) {
    if (width < 0 || height < 0) {
        throw std::invalid_argument(
            fmt::format("a picture cannot have {} x {} pixels", width, height));
    }
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

}  // namespace

Image::Image(int width, int height, bool with_alpha)
    : width_(width),
      height_(height),
      has_alpha_(with_alpha),
      pixels_(number_of_pixels(width, height)),
      alpha_(with_alpha ? pixels_.size() : 0, 255) {}
