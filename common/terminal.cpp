#include "common/terminal.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>
#include <set>
#include <string_view>

std::string seconds_text(double seconds) {
    struct Unit {
        double size;
        const char* name;
    };
    constexpr std::array<Unit, 4> units = {
        {{1.0, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}}};
    for (const Unit& unit : units) {
        const double value = seconds / unit.size;
        if (value < 0.9995 && &unit != &units.back()) continue;
        const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return fmt::format("{:.{}f} {}", value, decimals, unit.name);
    }
    return {};
}

std::string bytes_text(std::int64_t bytes) {
    const auto amount = static_cast<double>(bytes);
    if (amount >= 0.99995e9) return fmt::format("{:.1f} GB", amount / 1e9);
    if (amount >= 0.99995e6) return fmt::format("{:.1f} MB", amount / 1e6);
    return fmt::format("{:.1f} kB", amount / 1e3);
}

std::string count_text(std::int64_t number) {
    std::string text = std::to_string(number);
    const std::size_t first_digit = number < 0 ? 1 : 0;
    for (std::size_t place = text.size(); place > first_digit + 3;) {
        place -= 3;
        text.insert(place, 1, ',');
    }
    return text;
}

namespace {

/// How many bytes make the character that the text begins with (Unicode 15,
/// table 3-7); 0 where that is none.
std::size_t size_of_character(std::string_view text) {
    const auto byte = [text](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    // Between these is the second byte: no shorter form, no surrogates, nothing
    // beyond U+10FFFF.
    const unsigned lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (byte(1) < lowest || byte(1) > highest) return 0;
    const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    for (std::size_t i = 2; i < size; ++i) {
        if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
    }
    return size;
}

}  // namespace

std::string printable(std::string_view text, std::string_view instead) {
    std::string result;
    while (!text.empty()) {
        const std::size_t size = size_of_character(text);
        const std::string_view character = text.substr(0, size);
        const bool is_control =
            character < "\x20" || character == "\x7F" ||
            ("\xC2\x80" <= character && character < "\xC2\xA0");
        result += is_control ? instead : character;
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return result;
}

std::string no_formula(std::string text) {
    constexpr std::string_view starts = "=+-@";
    if (!text.empty() && starts.find(text[0]) != std::string_view::npos) {
        text.insert(0, 1, '\'');
    }
    return text;
}

std::string shell_word(std::string_view text) {
    std::string word = "'";
    for (const char letter : text) {
        if (letter == '\'') {
            word += R"('\'')";
        } else {
            word += letter;
        }
    }
    return word + "'";
}

bool shows_colour(std::FILE* stream) {
    const char* terminal = std::getenv("TERM");
    const char* refused = std::getenv("NO_COLOR");
    const bool wanted = refused == nullptr || *refused == '\0';
    return wanted && isatty(fileno(stream)) == 1 && terminal != nullptr &&
           std::string_view(terminal) != "dumb";
}

void show_progress(const std::string& line) {
    if (isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\033[K{}", line);
}

void warn_once(const std::string& text) {
    static std::mutex one_at_a_time;
    static std::set<std::string> said;
    const std::scoped_lock lock(one_at_a_time);
    if (!said.insert(text).second) return;
    show_progress("");
    fmt::print(stderr, "warning: {}\n", printable(text));
}
