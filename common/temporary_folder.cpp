#include "common/temporary_folder.hpp"

#include <fmt/core.h>
#include <stdlib.h>  // mkdtemp
#include <unistd.h>  // mkdtemp on macOS

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
    step.remove_at_end(path_);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    const EndingStep step;
    step.forget(path_);
}
