// Files for tests.

#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "common/programs/temporary_folder.hpp"

/// All that a file holds; empty when there is none.
inline std::string read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_text(const std::filesystem::path& file,
                       const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}
