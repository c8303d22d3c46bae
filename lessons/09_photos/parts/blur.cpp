#include "blur.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "common/scale.hpp"

namespace {

// 255 * 4096 * 4096, and half of 4096 * 4096 to round, are within 32 bits.
constexpr unsigned weight_bits = 12;
constexpr std::uint32_t all_weights = 1U << weight_bits;

/// The weights of the pixels -radius .. radius; they add up to all_weights.
std::vector<std::uint32_t> gaussian_weights(double sigma) {
    const int radius = static_cast<int>(std::ceil(3.0 * sigma));
    const auto height = [&](int i) {
        return sigma > 0.0 ? std::exp(-0.5 * i * i / (sigma * sigma)) : 1.0;
    };
    double total = 0.0;
    for (int i = -radius; i <= radius; ++i) total += height(i);
    std::vector<std::uint32_t> weights;
    std::uint32_t sum = 0;
    for (int i = -radius; i <= radius; ++i) {
        const double weight = all_weights * height(i) / total;
        weights.push_back(static_cast<std::uint32_t>(std::lround(weight)));
        sum += weights.back();
    }
    weights[static_cast<std::size_t>(radius)] += all_weights - sum;
    return weights;
}

/// One plane of a picture, `channels` bytes a pixel.
struct Plane {
    const std::uint8_t* bytes;
    int width;
    int height;
};

/// Blurs row y. `sums` and `totals` are room for a row with a margin.
template <int channels>
void blur_row(const Plane& plane, const std::vector<std::uint32_t>& weights,
              int y, std::vector<std::uint32_t>& sums,
              std::vector<std::uint32_t>& totals, std::uint8_t* result) {
    const int radius = static_cast<int>(weights.size() / 2);
    const std::size_t size = static_cast<std::size_t>(plane.width) * channels;
    const std::size_t margin = static_cast<std::size_t>(radius) * channels;

    std::fill(sums.begin(), sums.end(), 0);
    for (int i = -radius; i <= radius; ++i) {
        const std::uint32_t weight = weights[radius + i];
        const std::uint8_t* row =
            plane.bytes + size * std::clamp(y + i, 0, plane.height - 1);
        for (std::size_t k = 0; k < size; ++k) {
            sums[margin + k] += weight * row[k];
        }
    }
    // In the margins the row goes on as it is at its ends.
    for (std::size_t k = margin; k-- > 0;) sums[k] = sums[k + channels];
    for (std::size_t k = margin + size; k < sums.size(); ++k) {
        sums[k] = sums[k - channels];
    }

    constexpr std::uint32_t half = all_weights * all_weights / 2;
    std::fill(totals.begin(), totals.end(), half);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::uint32_t weight = weights[i];
        const std::uint32_t* from = sums.data() + i * channels;
        for (std::size_t k = 0; k < size; ++k) totals[k] += weight * from[k];
    }
    for (std::size_t k = 0; k < size; ++k) {
        result[k] = static_cast<std::uint8_t>(totals[k] >> (2 * weight_bits));
    }
}

}  // namespace

Image gaussian_blur(const Image& image, double sigma) {
    if (image.pixels().empty() || sigma <= 0.0) return image;
    const std::vector<std::uint32_t> weights = gaussian_weights(sigma);
    const Plane colours = {
        reinterpret_cast<const std::uint8_t*>(image.pixels().data()),
        image.width(), image.height()};
    const Plane opacity = {image.alpha().data(), image.width(), image.height()};

    Image blurred(image.width(), image.height(), image.has_alpha());
    const std::size_t size = image.row(0).size() * 3;
    const std::size_t margins = weights.size() - 1;
    std::vector<std::uint32_t> sums(size + 3 * margins);
    std::vector<std::uint32_t> totals(size);
    for (int y = 0; y < image.height(); ++y) {
        blur_row<3>(colours, weights, y, sums, totals,
                    reinterpret_cast<std::uint8_t*>(blurred.row(y).data()));
    }
    if (!image.has_alpha()) return blurred;
    sums.resize(image.row(0).size() + margins);
    for (int y = 0; y < image.height(); ++y) {
        blur_row<1>(opacity, weights, y, sums, totals,
                    blurred.alpha_row(y).data());
    }
    return blurred;
}

Image fit_within(const Image& image, int side) {
    const std::int64_t width = image.width();
    const std::int64_t height = image.height();
    if (width <= side && height <= side) return image;
    const std::int64_t new_width =
        width >= height ? side
                        : std::max<std::int64_t>(1, width * side / height);
    return scale_to_width(image, static_cast<int>(new_width));
}
