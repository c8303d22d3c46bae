#include "common/scale.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

// Our own code rather than stb_image_resize: it does rows in parallel, takes
// sizes of 64 bits, gives the same bits with every compiler and is one package
// fewer. The same bits, because every weight is a whole number and so is every
// sum of weighted colours: a double holds those exactly up to 2^53, in whatever
// order a compiler adds them. Only the division at the end rounds.

namespace {

/// What the new pixels along one side are made of: each is the mean of `taps`
/// old ones in a row, with weights that add up to `total`.
struct Axis {
    std::int64_t taps = 0;
    std::int64_t total = 0;
    std::vector<std::int64_t> first;  ///< a new pixel's first old one
    std::vector<double> weights;      ///< `taps` of them for each new pixel
};

/// The weight of an old pixel is how much of it a window covers, which is as
/// long as an old pixel or a new one, whichever is longer, and has its centre
/// where the new one has it, or as near as the picture's edges allow. Lengths
/// are counted such that an old pixel is 2 * new_size long, a new one
/// 2 * old_size.
Axis make_axis(std::int64_t old_size, std::int64_t new_size) {
    const std::int64_t step = 2 * new_size;
    const std::int64_t window = 2 * std::max(old_size, new_size);
    Axis axis;
    axis.taps = std::min(old_size, (window - 1) / step + 2);
    axis.total = window;
    for (std::int64_t i = 0; i < new_size; ++i) {
        const std::int64_t start = std::clamp<std::int64_t>(
            (2 * i + 1) * old_size - window / 2, 0, old_size * step - window);
        const std::int64_t end = start + window;
        const std::int64_t first = std::min(start / step, old_size - axis.taps);
        axis.first.push_back(first);
        for (std::int64_t k = first; k < first + axis.taps; ++k) {
            const std::int64_t overlap =
                std::min(end, (k + 1) * step) - std::max(start, k * step);
            axis.weights.push_back(std::max(0.0, static_cast<double>(overlap)));
        }
    }
    return axis;
}

/// Row y of the new picture, whose pixels have `channels` bytes each. `sums`
/// is room for a row of the old one: rows are added up first, then columns.
template <int channels>
void scale_row(const std::uint8_t* old_bytes, const Axis& across,
               const Axis& down, std::int64_t y, std::span<double> sums,
               std::uint8_t* result) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (std::int64_t tap = 0; tap < down.taps; ++tap) {
        const double weight = down.weights[y * down.taps + tap];
        const std::uint8_t* row =
            old_bytes + (down.first[y] + tap) * std::ssize(sums);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i] += weight * row[i];
        }
    }
    const auto total = static_cast<double>(across.total * down.total);
    const double* weights = across.weights.data();
    for (const std::int64_t first : across.first) {
        for (int channel = 0; channel < channels; ++channel) {
            double sum = total / 2;  // rounds to nearest
            for (std::int64_t tap = 0; tap < across.taps; ++tap) {
                sum += weights[tap] * sums[(first + tap) * channels + channel];
            }
            *result++ = static_cast<std::uint8_t>(sum / total);
        }
        weights += across.taps;
    }
}

}  // namespace

Image scale_to_width(const Image& image, int width) {
    if (width < 1 || image.pixels().empty()) {
        throw std::invalid_argument(fmt::format(
            "a picture of {} x {} pixels cannot be scaled to a width of {}",
            image.width(), image.height(), width));
    }
    const std::int64_t height = std::max<std::int64_t>(
        1, std::int64_t{image.height()} * width / image.width());
    if (height > std::numeric_limits<int>::max()) {
        throw std::invalid_argument(fmt::format(
            "a width of {} makes the picture {} pixels high", width, height));
    }
    Image scaled(width, static_cast<int>(height), image.has_alpha());
    const Axis across = make_axis(image.width(), scaled.width());
    const Axis down = make_axis(image.height(), scaled.height());
#pragma omp parallel
    {
        std::vector<double> sums(image.row(0).size() * 3);
        const std::span<double> alpha_sums(sums.data(), image.row(0).size());
#pragma omp for
        for (int y = 0; y < scaled.height(); ++y) {
            scale_row<3>(bytes_of(image.pixels()), across, down, y, sums,
                         bytes_of(scaled.row(y)));
            if (!image.has_alpha()) continue;
            scale_row<1>(image.alpha().data(), across, down, y, alpha_sums,
                         scaled.alpha_row(y).data());
        }
    }
    return scaled;
}
