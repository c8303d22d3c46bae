// A folder for files that nobody needs for long.

#pragma once

#include <unistd.h>  // mkdtemp on macOS

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

/// A new folder under the system's temporary one, removed with all that is in
/// it at the end.
class TemporaryFolder {
 public:
    /// @throws std::runtime_error when it cannot be made.
    TemporaryFolder() {
        std::error_code error;
        path_ = std::filesystem::temp_directory_path(error) / "workbook-XXXXXX";
        if (error || mkdtemp(path_.data()) == nullptr) {
            throw std::runtime_error(path_ +
                                     ": cannot be made: set TMPDIR to a folder "
                                     "that can be written");
        }
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    /// The path of a file or folder in it, which need not exist.
    [[nodiscard]] std::filesystem::path operator/(
        const std::string& name) const {
        return std::filesystem::path(path_) / name;
    }
    [[nodiscard]] std::filesystem::path path() const { return path_; }

 private:
    std::string path_;
};
