// Files for tests.

#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include "common/temporary_folder.hpp"

/// All that a file holds; empty when there is none.
inline std::string read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_text(const std::filesystem::path& file,
                       const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

/// Keeps what tests write for `make fuzz` to begin with, where that asks for
/// it.
inline void add_to_corpus(const std::string& bytes) {
    const char* corpus = std::getenv("WORKBOOK_CORPUS");
    if (corpus == nullptr || bytes.size() > 100'000) return;
    const std::size_t name = std::hash<std::string>()(bytes);
    write_text(std::filesystem::path(corpus) / std::to_string(name), bytes);
}
