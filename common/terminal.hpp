// What a person reads on a terminal or in a spreadsheet.

#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

/// A time with three digits and the unit that suits it: "1.42 ms", "93.0 ns".
std::string seconds_text(double seconds);

/// An amount of memory with the unit that suits it: "8.0 GB" (10^9 bytes).
std::string bytes_text(std::int64_t bytes);

/// A number with commas between thousands: "1,000,000".
std::string count_text(std::int64_t number);

/// The text with `instead` (U+FFFD) for what does not belong on a line: control
/// characters (line ends and ESC among them) and bytes that are not UTF-8. For
/// what a user or a file has named.
std::string printable(std::string_view text,
                      std::string_view instead = "\xEF\xBF\xBD");

/// The text with ' before it where a spreadsheet would take it for a formula:
/// where it begins with = + - or @. For a CSV file with what others have named.
std::string no_formula(std::string text);

/// The text as one word of a shell's command line, for a command that a user
/// may paste: 'it'\''s me.png'.
std::string shell_word(std::string_view text);

/// Whether the stream is a terminal that shows colours: NO_COLOR is not set
/// (no-color.org) and TERM is not "dumb".
bool shows_colour(std::FILE* stream);

/// A line that tells what is going on, on stderr, and only on a terminal; each
/// one replaces the last, and an empty one clears it.
void show_progress(const std::string& line);

/// A warning on stderr, printable(): once, however often the program comes by.
/// Several threads may warn at the same time.
void warn_once(const std::string& text);
