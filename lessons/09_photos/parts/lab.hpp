// What is made of a photo: views in five colours, or a thumbnail.

#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "common/png.hpp"
#include "photo.hpp"

/// How photos are developed, and where the results go.
struct Lab {
    std::filesystem::path output;  ///< a folder, which need not exist
    int width = 1024;              ///< of the views; 0: the photo's own
    double sigma = 2.0;            ///< of a thumbnail's blur, in pixels
    int side = 1200;               ///< most pixels of a thumbnail's side
    std::int64_t max_pixels = default_max_pixels;  ///< of a picture
};

/// Reads the photo, scales it to the lab's width and writes it to
/// OUTPUT/pictures/NAME/ as original.png, grey.png, red.png, green.png and
/// blue.png. Fills in what the photo says of itself, its sizes, its results,
/// its phases, and its cells where it is on the sheet. Where that fails, none
/// of the five stays.
/// @throws std::runtime_error when the file cannot be read, is damaged or too
///     large for the memory that a whole team needs, or when a result cannot be
///     written.
void make_views(Photo& photo, const Lab& lab);

/// Reads the photo, blurs it, shrinks it to fit the lab's side and writes it
/// to OUTPUT/thumbnails/NAME.png. For the rest as make_views().
void make_thumbnail(Photo& photo, const Lab& lab);

/// All files that may be written for the photos, the page's too.
std::vector<std::filesystem::path> results_of(const std::vector<Photo>& photos,
                                              const Lab& lab);

/// Makes a folder, and those that it is in, unless it is there.
/// @throws std::runtime_error that names it when it cannot be made.
void make_folder(const std::filesystem::path& folder);
