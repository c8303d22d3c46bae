#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "common/image.hpp"
#include "common/work_log.hpp"

/// A cake, cut into slices of about as many crumbs each.
struct Cake {
    std::int64_t slices = 4;
    std::vector<std::uint8_t> crumbs;  ///< the size of each; 0: it is eaten

    /// The crumbs of slice i, 0 <= i < slices.
    [[nodiscard]] std::span<std::uint8_t> slice(std::int64_t i) {
        const auto count = static_cast<std::int64_t>(crumbs.size());
        const std::int64_t begin = count * i / slices;
        const std::int64_t end = count * (i + 1) / slices;
        return std::span(crumbs).subspan(static_cast<std::size_t>(begin),
                                         static_cast<std::size_t>(end - begin));
    }
};

/// The size of a crumb that is eaten.
constexpr std::uint8_t eaten = 0;

/// How many sizes a crumb can have: 0 .. 255.
constexpr int crumb_sizes = 256;

/// Eats the cake, slice by slice, and counts its crumbs by size: counts[size]
/// grows by the number of crumbs that have it. `counts` has crumb_sizes
/// elements. The log, where it is on, has one item per slice.
///
/// copies.cpp eats copies: there the cake itself stays as it was (where OpenMP
/// is on). racy.cpp loses crumbs.
void eat(Cake& cake, std::int64_t* counts, WorkLog& log);

/// A pixel's place in a picture, and how bright it is: red + green + blue.
struct Brightest {
    int brightness = -1;  ///< -1: no pixel
    int x = 0;
    int y = 0;

    bool operator==(const Brightest&) const = default;
};

/// The exercise. Finds the brightest pixel; of several that are as bright, the
/// first: the one in the top row, and in that row the one on the left. The log,
/// where it is on, has one item per row. The rows are shared among the team.
Brightest brightest(const Image& image, WorkLog& log);
