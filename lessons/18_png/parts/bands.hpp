// The bands of a picture on their way from one PNG file to another.

#pragma once

#include <atomic>
#include <exception>
#include <filesystem>
#include <functional>
#include <vector>

#include "common/image.hpp"
#include "common/png.hpp"
#include "common/png_bands.hpp"
#include "common/work_log.hpp"

/// Lesson 05's filter: every pixel becomes the mean of its three colours.
void make_grey(Image& rows);

/// Takes a picture band by band through four steps. Each band goes through them
/// in this order; different bands may be at different steps at the same time.
///
/// No step throws, for an exception must not leave a parallel loop or a task
/// (lesson 09). After the first one nothing more is done, and finish() throws
/// it. In the log, step s (0 .. 3) of band i is item 4 * i + s.
class Bands {
 public:
    /// Opens the file that is written.
    /// @throws std::runtime_error that names it, where it cannot be.
    Bands(PngReader& picture, const std::filesystem::path& file,
          int rows_per_band, WorkLog& log);

    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }

    /// For one band at a time, from the top down.
    void read(int i);
    /// For any band that was read: lesson 05's filter.
    void grey(int i);
    /// For any band that is grey; its rows are given up then.
    void compress(int i);
    /// For one band at a time, from the top down.
    void write(int i);

    /// To be called once, when all is done: gives the file its name.
    /// @throws what went wrong in one of the steps. The old file stays then.
    void finish();

 private:
    void do_step(int i, int step, const std::function<void()>& work) noexcept;

    PngReader& picture_;
    PngFile file_;
    int rows_per_band_;
    WorkLog& log_;
    std::vector<Image> rows_;  ///< of each band, from read() to compress()
    std::vector<Band> bands_;  ///< from compress() to write()
    std::atomic<bool> has_failed_ = false;
    std::exception_ptr failure_;
};
