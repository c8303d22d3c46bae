// Where there is room to grade.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// Why exercises cannot be compiled and run in a folder: it is missing, or
/// cannot be written to, or has less than `bytes` left, or programs may not be
/// run there, or a user without privileges would not reach it, which matters
/// when we are root. Empty where they can.
std::string objection_to(const std::filesystem::path& folder,
                         std::uintmax_t bytes);

/// The first of the folders that nothing is wrong with.
/// @param rejected gets "FOLDER: WHY" for each one before it.
/// @throws std::runtime_error with all of that where none will do.
std::filesystem::path find_place(
    const std::vector<std::filesystem::path>& folders, std::uintmax_t bytes,
    std::vector<std::string>& rejected);

/// Removes a folder with all that is in it, however deep.
void remove_tree(const std::filesystem::path& folder);
