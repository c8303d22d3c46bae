// What shows all photos at once.

#pragma once

#include <string>
#include <vector>

#include "common/image.hpp"
#include "lab.hpp"
#include "photo.hpp"

/// The cells of all photos, five side by side on light grey. Where each photo
/// has five (its views) each has a row of its own.
Image sheet_of(const std::vector<Photo>& photos);

/// The page that shows every photo: its description, its results, and at the
/// end those that could not be done, with why. Its links lead from `folder`.
std::string page_of(const std::vector<Photo>& photos,
                    const std::filesystem::path& folder);

/// Writes contact_sheet.png and index.html to the folder, which is made where
/// there is none.
/// @throws std::runtime_error when they cannot be written.
void write_page(const std::vector<Photo>& photos,
                const std::filesystem::path& folder);

/// What is known of the photos, a line each, of the first twenty; and how the
/// time that the threads have spent on them divides into phases.
std::string summary_of(const std::vector<Photo>& photos);
