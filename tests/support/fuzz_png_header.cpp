// Lesson 09's reader of headers, fed with whatever libFuzzer makes up: `make
// fuzz`.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/terminal.hpp"
#include "lessons/09_photos/parts/png_header.hpp"
#include "tests/support/files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes,
                                      std::size_t size) {
    static const TemporaryFolder folder;
    const auto file = folder / "x.png";
    write_text(file, {reinterpret_cast<const char*>(bytes), size});
    const auto header = read_png_header(file);
    if (!header) return 0;
    if (header->texts.size() > 3) std::abort();
    for (const auto& [keyword, text] : header->texts) {
        const std::size_t most = 3 * longest_text + 4;  // U+FFFD has 3 bytes
        if (text.size() > most || printable(text) != text) std::abort();
    }
    return 0;
}
