#include "common/temporary_folder.hpp"

#include <fmt/core.h>
#include <unistd.h>  // mkdtemp on macOS

#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include "common/ending.hpp"

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::error_code error;
    std::string name = fs::temp_directory_path(error) / "workbook-XXXXXX";
    const EndingStep step;
    if (error || mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error(fmt::format(
            "{}: cannot be made: set TMPDIR to a folder that can be written",
            name));
    }
    path_ = name;
    remove_at_end(path_, step);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    const EndingStep step;
    forget(path_, step);
}
