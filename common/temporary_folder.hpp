// A folder for files that nobody needs for long.

#pragma once

#include <filesystem>
#include <string>

/// A new folder under the system's temporary one, removed with all that is in
/// it at the end, also where SIGINT, SIGTERM or SIGHUP is the end.
class TemporaryFolder {
 public:
    /// @throws std::runtime_error when it cannot be made.
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    /// The path of a file or folder in it, which need not exist.
    [[nodiscard]] std::filesystem::path operator/(
        const std::string& name) const {
        return path_ / name;
    }
    [[nodiscard]] std::filesystem::path path() const { return path_; }

 private:
    std::filesystem::path path_;
};
