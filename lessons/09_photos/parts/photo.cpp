#include "photo.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <string_view>

namespace fs = std::filesystem;

namespace {

std::string lower(std::string text) {
    for (char& letter : text) {
        if (letter >= 'A' && letter <= 'Z') letter += 'a' - 'A';
    }
    return text;
}

bool looks_like_picture(const fs::path& file) {
    static constexpr std::array<std::string_view, 11> endings = {
        ".png", ".apng", ".jpg",  ".jpeg", ".gif", ".bmp",
        ".tif", ".tiff", ".webp", ".heic", ".avif"};
    const std::string ending = lower(file.extension().string());
    return !file.filename().string().starts_with(".") &&
           std::find(endings.begin(), endings.end(), ending) != endings.end();
}

/// A folder that cannot be read stands for itself: it is a photo that fails.
std::vector<fs::path> pictures_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        std::error_code ignored;
        if (looks_like_picture(entry->path()) &&
            !entry->is_directory(ignored)) {
            files.push_back(entry->path());
        }
    }
    if (error) files.push_back(folder);
    std::sort(files.begin(), files.end());
    return files;
}

/// The file's name without its ending; numbered, should it be taken. Never that
/// of a folder above, and short enough for a file of its own.
std::string new_name(const fs::path& file, std::set<std::string>& taken) {
    constexpr std::size_t longest = 255 - 4;  // with ".png"
    std::string stem = file.stem().string();
    if (stem.empty() || stem == "." || stem == "..") stem = "picture";
    std::string name = stem;
    for (int number = 2; !taken.insert(lower(name)).second; ++number) {
        const std::string ending = fmt::format("-{}", number);
        name = stem.substr(0, longest - ending.size()) + ending;
    }
    return name;
}

}  // namespace

std::vector<Photo> find_photos(const std::vector<fs::path>& paths) {
    std::vector<fs::path> files;
    for (const fs::path& path : paths) {
        std::error_code ignored;
        if (!fs::is_directory(path, ignored)) {
            files.push_back(path);
            continue;
        }
        const std::vector<fs::path> found = pictures_in(path);
        files.insert(files.end(), found.begin(), found.end());
    }
    if (files.empty()) {
        throw std::runtime_error(fmt::format(
            "{}: there is no picture in it: name files or another folder with "
            "--pictures",
            paths.empty() ? "" : paths.front().string()));
    }
    std::vector<Photo> photos;
    std::set<std::string> taken;
    for (const fs::path& file : files) {
        Photo photo;
        photo.file = file;
        photo.name = new_name(file, taken);
        photo.on_sheet = photos.size() < most_on_sheet;
        photos.push_back(std::move(photo));
    }
    return photos;
}
