#include "common/checksum.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

void Checksum::add(std::span<const std::byte> bytes) {
    if (bytes.empty()) return;  // zlib would begin its checksum anew
    value_ = static_cast<std::uint32_t>(crc32_z(
        value_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

void Checksum::add(const Image& image) {
    const std::array<int, 2> sides = {image.width(), image.height()};
    add(std::as_bytes(std::span(sides)));
    add(std::as_bytes(image.pixels()));
    add(std::as_bytes(image.alpha()));
}

double Checksum::add(std::span<const double> values,
                     std::span<const double> expected, double tolerance) {
    if (values.size() != expected.size()) {
        throw std::invalid_argument(fmt::format(
            "{} results and {} expected ones", values.size(), expected.size()));
    }
    double largest = 0.0;
    std::vector<double> numbers(expected.begin(), expected.end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double error = std::abs(values[i] - expected[i]);
        // Written like this, a NaN counts as wrong.
        if (!(error <= tolerance * std::abs(expected[i]))) {
            numbers[i] = values[i];
        }
        if (error > 0.0) {
            largest = std::max(largest, error / std::abs(expected[i]));
        }
    }
    add(std::as_bytes(std::span(numbers)));
    return largest;
}

std::string Checksum::text() const { return fmt::format("{:08x}", value_); }
