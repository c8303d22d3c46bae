// A picture file on its way through the program.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "common/image.hpp"

/// Width and height in pixels.
struct Size {
    std::int64_t width = 0;
    std::int64_t height = 0;

    bool operator==(const Size&) const = default;
};

/// Seconds that one thread has spent on a photo.
struct Phases {
    double read = 0.0;
    double compute = 0.0;
    double write = 0.0;
};

/// A picture file: what it is called, what is known of it, what became of it.
struct Photo {
    std::filesystem::path file;
    std::string name;       ///< what its results are called; no two have one
    bool on_sheet = false;  ///< whether the contact sheet has room for it

    std::string label;   ///< its title, or its name
    std::string source;  ///< where it comes from, or its file
    std::string mode;    ///< "RGB", "RGBA", "grey", "palette" ...
    Size original;
    Size scaled;

    std::vector<std::filesystem::path> results;  ///< the files written
    std::vector<Image> cells;  ///< small ones for the contact sheet
    Phases phases;
    std::string error;  ///< what went wrong; empty: nothing
};

/// Longest side of a photo's small picture on the contact sheet, in pixels.
inline constexpr int cell_side = 160;

/// Most photos that a contact sheet shows.
inline constexpr std::size_t most_on_sheet = 60;

/// The pictures that the paths name, a photo each. A file counts whatever it
/// is; of a folder those files that have a picture's ending (.png, .jpg ...)
/// and no dot before their name, in the order of their names, but nothing of
/// the folders in it.
///
/// Their names are those of the files without the ending; of several that are
/// the same (or differ in upper and lower case) all but the first get a number:
/// `lake`, `lake-2`. A folder that cannot be read is a photo too: making views
/// of it says why.
/// @throws std::runtime_error when there is no picture.
std::vector<Photo> find_photos(const std::vector<std::filesystem::path>& paths);
