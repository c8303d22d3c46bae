#include "png_header.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <fstream>
#include <string_view>

namespace {

constexpr std::uint32_t most_bytes = 1U << 20U;  // of a text

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

std::optional<std::string> decompressed(std::string_view bytes) {
    std::string text(most_bytes, '\0');
    uLongf size = text.size();
    if (uncompress(reinterpret_cast<Bytef*>(text.data()), &size,
                   reinterpret_cast<const Bytef*>(bytes.data()),
                   bytes.size()) != Z_OK) {
        return std::nullopt;
    }
    text.resize(size);
    return text;
}

/// Cuts off what is before the first zero byte; all, where there is none.
std::string_view cut_word(std::string_view& bytes) {
    const std::size_t end = bytes.find('\0');
    const std::string_view word = bytes.substr(0, end);
    bytes.remove_prefix(std::min(word.size() + 1, bytes.size()));
    return word;
}

/// The text of a chunk after its keyword; nothing where it is damaged.
std::optional<std::string> text_of(std::string_view type,
                                   std::string_view bytes) {
    if (type == "tEXt") return utf8_of_latin1(bytes);
    if (bytes.empty()) return std::nullopt;
    if (type == "zTXt") {
        bytes.remove_prefix(1);  // the method: there is but one
        const std::optional<std::string> text = decompressed(bytes);
        return text ? std::optional(utf8_of_latin1(*text)) : std::nullopt;
    }
    const bool is_compressed = bytes.front() != '\0';
    bytes.remove_prefix(std::min<std::size_t>(2, bytes.size()));
    cut_word(bytes);  // the language
    cut_word(bytes);  // the keyword in that language
    if (is_compressed) return decompressed(bytes);
    return std::string(bytes);
}

void add_text(std::string_view type, std::string_view bytes,
              PngHeader& header) {
    const std::string keyword(cut_word(bytes));
    std::optional<std::string> text = text_of(type, bytes);
    if (!text || text->empty()) return;
    for (char& letter : *text) {
        const auto code = static_cast<std::uint8_t>(letter);
        if (code < 0x20 || code == 0x7F) letter = ' ';
    }
    header.texts.try_emplace(keyword, *text);
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
    header.mode = mode_of(start[24], start[25]);
    for (;;) {
        const std::string chunk = read_bytes(input, 8);
        if (chunk.size() < 8) break;
        const std::uint32_t size = number_at(chunk, 0);
        const std::string type = chunk.substr(4);
        const bool is_text = type == "tEXt" || type == "zTXt" || type == "iTXt";
        if (is_text && size <= most_bytes) {
            add_text(type, read_bytes(input, size), header);
            input.seekg(4, std::ios::cur);  // the chunk's checksum
        } else {
            input.seekg(std::int64_t{size} + 4, std::ios::cur);
        }
    }
    return header;
}
