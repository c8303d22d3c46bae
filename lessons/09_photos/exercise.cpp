// Exercise 09: a contact sheet
//
// The pictures of a folder, small and side by side. It works, for one thread
// and as long as every file is a picture. Let the team share the files, and
// keep every promise that photos.hpp makes.

#include <algorithm>
#include <exception>

#include "common/png.hpp"
#include "common/scale.hpp"
#include "photos.hpp"

namespace {

/// Copies what of the picture has room in the cell with that upper left corner.
void paste(const Image& picture, Image& sheet, int left, int top, int side) {
    for (int y = 0; y < std::min(picture.height(), side); ++y) {
        std::ranges::copy(picture.row(y), sheet.row(top + y).begin() + left);
    }
}

}  // namespace

Image contact_sheet(std::span<const std::filesystem::path> files, int columns,
                    int side, std::span<std::string> errors, WorkLog& log) {
    const int count = static_cast<int>(files.size());
    const int rows = (count + columns - 1) / columns;
    Image sheet(columns * side, rows * side);
    int left = 0;
    int top = 0;
    int i = 0;
    try {
        for (i = 0; i < count; ++i) {
            const WorkLog::Item noted = log.item(i);  // tells who did file i
            errors[i].clear();
            paste(scale_to_width(read_png(files[i]), side), sheet, left, top,
                  side);
            left += side;
            if (left == sheet.width()) {
                left = 0;
                top += side;
            }
        }
    } catch (const std::exception& problem) {
        errors[i] = problem.what();
    }
    return sheet;
}
