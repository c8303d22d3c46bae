// read_png, fed with whatever libFuzzer makes up: `make fuzz`.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "common/png.hpp"
#include "tests/support/files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes,
                                      std::size_t size) {
    static const TemporaryFolder folder;
    const auto file = folder / "x.png";
    write_text(file, {reinterpret_cast<const char*>(bytes), size});
    const std::int64_t most_pixels = 1 << 20;
    try {
        const Image image = read_png(file, most_pixels);
        if (std::ssize(image.pixels()) > most_pixels) std::abort();
    } catch (const std::runtime_error& refused) {
        // It names the file.
        if (!std::string(refused.what()).starts_with(file.string())) {
            std::abort();
        }
    }
    return 0;
}
