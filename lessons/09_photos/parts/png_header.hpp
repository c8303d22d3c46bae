// What a PNG file says of its picture, without the picture.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

struct PngHeader {
    std::int64_t width = 0;   ///< in pixels
    std::int64_t height = 0;  ///< in pixels
    std::string mode;  ///< "RGB", "RGBA", "grey", "grey + alpha", "palette";
                       ///< "RGB, 16 bits" where it is not 8 a colour
    std::map<std::string, std::string> texts;  ///< "Title", "Source", "Author"
};

/// Longest text that is kept, in bytes; of a longer one the beginning is.
inline constexpr std::size_t longest_text = 200;

/// Reads the header and three texts (chunks tEXt, zTXt and iTXt, wherever in
/// the file they are: Portable Network Graphics, 2nd edition, section 11.3.4),
/// which are printable(). It takes a few kilobytes, whatever the file.
///
/// A text that is damaged is left out. Nothing for a file that cannot be read
/// or does not begin as a PNG file does, or whose sides no PNG may have:
/// read_png() says what is wrong with it.
std::optional<PngHeader> read_png_header(const std::filesystem::path& file);
