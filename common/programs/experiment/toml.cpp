#include "common/programs/experiment/toml.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

namespace {

class Reader {
 public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::vector<TomlEntry> read() {
        const auto is_no_text = [](char c) {
            return ('\0' <= c && c < ' ' && c != '\t' && c != '\n' &&
                    c != '\r') ||
                   c == '\x7f';
        };
        at_ = static_cast<std::size_t>(
            std::find_if(text_.begin(), text_.end(), is_no_text) -
            text_.begin());
        if (at_ < text_.size()) fail("a control character");
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        at_ = text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
        std::vector<TomlEntry> entries;
        while (skip_lines(), next() != '\0') {
            if (next() == '[') fail("here a [table] begins: there are none");
            TomlEntry entry = {.key = key(), .values = {}};
            for (const TomlEntry& other : entries) {
                if (other.key == entry.key) {
                    fail(fmt::format("'{}' is there twice", entry.key));
                }
            }
            if (take('[')) {
                read_array(entry.values);
            } else {
                entry.values.push_back(value("#\n"));
            }
            skip_line();
            if (next() != '\n' && next() != '\0') {
                fail(fmt::format("after the value of '{}' is more", entry.key));
            }
            entries.push_back(entry);
        }
        return entries;
    }

 private:
    [[noreturn]] void fail(const std::string& what) const {
        const std::string_view before = text_.substr(0, at_);
        throw std::invalid_argument(fmt::format(
            "line {}: {}", 1 + std::count(before.begin(), before.end(), '\n'),
            what));
    }

    [[nodiscard]] char next() const {
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    bool take(char wanted) {
        if (next() != wanted) return false;
        ++at_;
        return true;
    }

    /// Goes to the end of the line, or to what is before it.
    void skip_line() {
        at_ = std::min(text_.find_first_not_of(" \t\r", at_), text_.size());
        if (next() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
    }

    void skip_lines() {
        do skip_line();
        while (take('\n'));
    }

    /// The characters before any of `ends`, without spaces around them.
    std::string until(std::string_view ends) {
        const std::size_t start = at_;
        at_ = std::min(text_.find_first_of(ends, at_), text_.size());
        const std::string_view word = text_.substr(start, at_ - start);
        return std::string(word.substr(0, word.find_last_not_of(" \t\r") + 1));
    }

    std::string key() {
        std::string name = value("=#\n[\"'");
        skip_line();
        if (!take('=')) fail("write key = value");
        skip_line();
        return name;
    }

    std::string value(std::string_view ends) {
        const char quote = next();
        if (quote == '"' || quote == '\'') return quoted(quote);
        std::string word = until(ends);
        if (word.empty()) fail("here a key or a value is missing");
        return word;
    }

    std::string quoted(char quote) {
        ++at_;
        std::string text;
        while (!take(quote)) {
            if (next() == '\n' || next() == '\0') {
                fail("a string has no end in its line");
            }
            if (quote == '"' && take('\\')) {
                constexpr std::string_view names = "\"\\nt";
                const std::size_t found = names.find(next());
                if (found == std::string_view::npos) {
                    fail(R"(of the escapes there are \" \\ \n \t)");
                }
                text += "\"\\\n\t"[found];
            } else {
                text += next();
            }
            ++at_;
        }
        return text;
    }

    void read_array(std::vector<std::string>& values) {
        while (skip_lines(), !take(']')) {
            values.push_back(value(",]#\n"));
            skip_lines();
            if (!take(',') && next() != ']') fail("here , or ] is missing");
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<TomlEntry> read_toml(std::string_view text) {
    return Reader(text).read();
}
