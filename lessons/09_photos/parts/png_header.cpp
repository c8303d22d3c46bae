#include "png_header.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

#include "common/terminal.hpp"

namespace {

constexpr std::uint32_t most_bytes = 4096;  // that are read of a chunk

std::uint32_t number_at(std::string_view bytes, std::size_t place) {
    std::uint32_t number = 0;
    for (const char byte : bytes.substr(place, 4)) {
        number = number << 8U | static_cast<std::uint8_t>(byte);
    }
    return number;
}

/// The next bytes of a file; fewer where it ends.
std::string read_bytes(std::ifstream& input, std::size_t size) {
    std::string bytes(size, '\0');
    input.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(input.gcount()));
    return bytes;
}

std::string mode_of(int bits, int colour_type) {
    constexpr std::array<const char*, 7> modes = {
        "grey", "?", "RGB", "palette", "grey + alpha", "?", "RGBA"};
    std::string mode = colour_type >= 0 && colour_type < 7
                           ? modes.at(static_cast<std::size_t>(colour_type))
                           : "?";
    if (bits == 8) return mode;
    return fmt::format("{}, {} bit{}", mode, bits, bits == 1 ? "" : "s");
}

std::string utf8_of_latin1(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        const auto code = static_cast<std::uint8_t>(letter);
        if (code < 0x80) {
            result += letter;
        } else {
            result += static_cast<char>(0xC0U | (code >> 6U));
            result += static_cast<char>(0x80U | (code & 0x3FU));
        }
    }
    return result;
}

/// The beginning of a compressed text; nothing where it is damaged.
std::string inflated(std::string_view bytes) {
    std::string text(longest_text + 1, '\0');
    z_stream stream = {};
    if (inflateInit(&stream) != Z_OK) return "";
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const int status = inflate(&stream, Z_SYNC_FLUSH);
    text.resize(text.size() - stream.avail_out);
    inflateEnd(&stream);
    const bool is_right = status == Z_OK || status == Z_STREAM_END;
    return is_right ? text : "";
}

/// Cuts off what is before the first zero byte; all, where there is none.
std::string_view cut_word(std::string_view& bytes) {
    const std::size_t end = bytes.find('\0');
    const std::string_view word = bytes.substr(0, end);
    bytes.remove_prefix(std::min(word.size() + 1, bytes.size()));
    return word;
}

/// The text of a chunk after its keyword; nothing where it is damaged.
std::string text_of(std::string_view type, std::string_view bytes) {
    if (type == "tEXt") return utf8_of_latin1(bytes);
    if (bytes.empty()) return "";
    if (type == "zTXt") {
        return utf8_of_latin1(inflated(bytes.substr(1)));  // one method alone
    }
    const bool is_compressed = bytes.front() != '\0';
    bytes.remove_prefix(std::min<std::size_t>(2, bytes.size()));
    cut_word(bytes);  // the language
    cut_word(bytes);  // the keyword in that language
    return is_compressed ? inflated(bytes) : std::string(bytes);
}

/// As much as is kept of a text, never half a character.
std::string shortened(const std::string& text) {
    if (text.size() <= longest_text) return text;
    std::size_t end = longest_text;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    return text.substr(0, end) + " ...";
}

void add_text(std::string_view type, std::string_view bytes,
              PngHeader& header) {
    const std::string keyword(cut_word(bytes));
    if (keyword != "Title" && keyword != "Source" && keyword != "Author") {
        return;
    }
    const std::string text = text_of(type, bytes);
    if (text.empty()) return;
    header.texts.try_emplace(keyword, printable(shortened(text)));
}

}  // namespace

std::optional<PngHeader> read_png_header(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    constexpr std::size_t header_size = 33;  // signature and the chunk IHDR
    const std::string start = read_bytes(input, header_size);
    if (start.size() < header_size ||
        !start.starts_with(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16))) {
        return std::nullopt;
    }
    PngHeader header;
    header.width = number_at(start, 16);
    header.height = number_at(start, 20);
    constexpr std::int64_t longest_side = (std::int64_t{1} << 31U) - 1;
    if (std::max(header.width, header.height) > longest_side) {
        return std::nullopt;
    }
    header.mode = mode_of(start[24], start[25]);
    for (;;) {
        const std::string chunk = read_bytes(input, 8);
        if (chunk.size() < 8) break;
        const std::uint32_t size = number_at(chunk, 0);
        const std::string type = chunk.substr(4);
        const bool is_text = type == "tEXt" || type == "zTXt" || type == "iTXt";
        const std::uint32_t read = is_text ? std::min(size, most_bytes) : 0;
        if (is_text) add_text(type, read_bytes(input, read), header);
        // What is left of it, and its checksum.
        input.seekg(std::int64_t{size} - read + 4, std::ios::cur);
    }
    return header;
}
