// The checksum by which the results of two programs are compared.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "common/image.hpp"

/// A CRC-32 (that of PNG and zlib) over all that was added to it, in order.
class Checksum {
 public:
    /// Adds bytes.
    void add(std::span<const std::byte> bytes);

    /// Adds a picture's size, pixels and opacities.
    void add(const Image& image);

    /// Adds real numbers whose last digits may differ, since they depend on the
    /// order in which sums were added up: a value is right when it is within
    /// tolerance * |expected| of the expected one. For a right value the
    /// expected one is added, so all right results have the same checksum; for
    /// a wrong one, its own.
    /// @returns the largest relative error.
    /// @throws std::invalid_argument when the lists have different lengths.
    double add(std::span<const double> values, std::span<const double> expected,
               double tolerance);

    /// Eight hexadecimal digits; "00000000" when nothing was added.
    [[nodiscard]] std::string text() const;

 private:
    std::uint32_t value_ = 0;
};
