// Assignment files: the part of TOML (toml.io) that they need.

#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A key of a file, and its value; each value of an array.
struct TomlEntry {
    std::string key;
    std::vector<std::string> values;
};

/// Reads `key = value`, where a value is a string in "..." or '...' on one
/// line, a word such as a number or a date, or an array of these, on several
/// lines as well. There are no tables. CLI11's own reader takes a # in a string
/// for a comment.
/// @throws std::invalid_argument that names the line.
std::vector<TomlEntry> read_toml(std::string_view text);
