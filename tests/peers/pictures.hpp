// How the grey pictures of `make peers` are judged.

#pragma once

#include <string>
#include <string_view>

#include "common/image.hpp"

/// How far a picture is from what it should be.
struct Differences {
    double share = 1.0;  ///< of the pixels
    int most = 255;      ///< of a colour
};

/// How far `grey` is from the mean of each pixel of `picture`, rounded down.
Differences compare_grey(const Image& picture, const Image& grey);

/// "same", "rounds" or "WRONG"; and how it differs.
/// @param rounds to the nearest number, and may differ by 1.
std::string verdict_on(const Differences& differences, bool rounds);

/// Share of a PNG file's rows that have the filter `sub`: each row's first byte
/// says which it has.
/// @param png the file's bytes.
/// @throws std::runtime_error where it is not 8-bit red, green and blue.
double share_of_sub(std::string_view png);
