// A file that appears whole or not at all.

#pragma once

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// A file being written under a temporary name beside its final one, and
/// renamed when it is whole: an interrupted run (an error, Ctrl-C) leaves the
/// old file or the new one, never half of one, and no temporary file. The new
/// file has the permission bits of the old one, if there was one.
///
/// A target that is a device or a pipe is written directly, never replaced. A
/// symbolic link is followed: the file that it names is replaced. Several
/// threads may each have files of their own open.
class OutputFile {
 public:
    /// Opens the temporary file.
    /// @throws std::runtime_error that names the target and says what is wrong
    ///     (its folder is missing, not writable, the target is a folder or
    ///     read-only ...).
    explicit OutputFile(const std::filesystem::path& target);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    /// Removes the temporary file, unless commit() was called.
    ~OutputFile();

    /// The stream to write to.
    [[nodiscard]] std::FILE* stream() { return stream_; }

    /// Writes bytes.
    /// @throws std::runtime_error when they cannot be written (disk full).
    void write(std::string_view bytes);

    /// Closes the file and gives it its final name: once, when all is written.
    /// @throws std::runtime_error when what was written did not arrive.
    void commit();

 private:
    std::filesystem::path name_;       ///< the target as the caller named it
    std::filesystem::path target_;     ///< with links resolved
    std::filesystem::path temporary_;  ///< empty: nothing to rename or remove
    std::FILE* stream_ = nullptr;
};

/// What a user cannot have meant, told before anything is done: exit status 2.
struct WrongUse : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Refuses to write a file that is also read, or written as another one; by
/// whatever names, links among them. Devices and empty paths do not count.
/// @throws WrongUse that names both.
void require_separate(const std::vector<std::filesystem::path>& read,
                      const std::vector<std::filesystem::path>& written);

/// What to do where the system does not permit to read a file ('r') or to write
/// it ('w'): what chmod does for its owner, and for the folders that it is in.
std::string permission_advice(const std::filesystem::path& file, char letter);

/// Writes the text as a whole file, as OutputFile does.
/// @throws std::runtime_error as OutputFile.
void write_file(const std::filesystem::path& file, std::string_view text);
