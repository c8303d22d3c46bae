// Texts and files as parts of a page of HTML.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

/// The text as HTML shows it, in and out of attributes.
std::string escape_html(std::string_view text);

/// Base64 with padding (RFC 4648, section 4).
std::string base64(std::string_view bytes);

/// The file as a data: URI, which a page holds in place of the file's name.
/// @param media_type "image/png", "image/svg+xml".
/// @throws std::runtime_error when it cannot be read.
std::string data_uri(const std::filesystem::path& file,
                     std::string_view media_type);
