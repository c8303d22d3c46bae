#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "common/image.hpp"
#include "common/work_log.hpp"
#include "parts/photo.hpp"

/// What is done with a photo: it is read, something is made of it, and that is
/// written. What goes wrong is thrown, as a std::exception.
using Develop = std::function<void(Photo&)>;

/// Calls `develop` once for every photo, each of which is one item of the log.
///
/// Where that throws, what() becomes the photo's `error`, and the others are
/// done all the same; elsewhere the `error` is empty. `develop` is called by
/// several threads at once, each with a photo of its own.
void develop_all(std::span<Photo> photos, const Develop& develop, WorkLog& log);

/// The exercise. A sheet of cells, `columns` (>= 1) side by side, each `side` x
/// `side` (>= 1) pixels: as many rows as the files need. File i has the cell in
/// row i / columns and column i % columns. Its picture is scaled to a width of
/// `side` and begins at the cell's upper edge; what is higher than the cell is
/// cut off, and what no picture covers is black.
///
/// A file that cannot be read leaves its cell black: errors[i] says why, and
/// the others are done all the same. Elsewhere errors[i] becomes empty. (errors
/// has as many elements as files.) The log, where it is on, has one item per
/// file. The files are shared among the team.
Image contact_sheet(std::span<const std::filesystem::path> files, int columns,
                    int side, std::span<std::string> errors, WorkLog& log);
