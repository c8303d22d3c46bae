// What every lesson program does around its function.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "common/checksum.hpp"
#include "common/image.hpp"
#include "common/options.hpp"
#include "common/png.hpp"
#include "common/record.hpp"
#include "common/work_log.hpp"

class TemporaryFolder;

/// A lesson program: its options, its timed runs, its report.
///
/// main() makes one, adds the lesson's own options and calls run() with the
/// lesson's body; the body calls measure() and add_result().
class Lesson : public Options {
 public:
    /// @param name the lesson's folder, such as "05_grey".
    /// @param summary one sentence for --help.
    /// @param repeat timed runs unless --repeat says otherwise: fewer than five
    ///     where one run takes long.
    Lesson(std::string name, std::string summary, std::int64_t repeat = 5)
        : Options(std::move(name), std::move(summary), repeat) {}

    /// Reads the options, runs the body, prints the report.
    /// @returns the program's exit status: 0 done, 1 it could not be done,
    ///     2 wrong use. Errors are printed on stderr as
    ///     `LESSON/VERSION: what is wrong: what to do`.
    int run(int argc, char** argv, const std::function<void()>& body);

    // --- In the body.

    /// What the problem's size is, in words and in items of the loop.
    void set_size(const std::string& words, std::int64_t items) {
        record_.size = words;
        record_.items = items;
    }

    /// The bytes that one run moves to and from memory, read and written, where
    /// that is known.
    void set_bytes_moved(std::int64_t bytes) { record_.bytes_moved = bytes; }

    /// The size of the team: --threads, or `otherwise` where that is not given.
    /// It is 1 in the serial program.
    int threads_or(int otherwise);

    /// Refuses to go on where that much memory (in bytes) is not available.
    /// @throws std::runtime_error that says how much there is.
    static void require_memory(std::int64_t bytes, const std::string& option);

    /// No report and no record: another process of this program writes them.
    void report_nothing() { reports_ = false; }

    /// Opens the picture --input, to be read by the loop itself. Where --width
    /// asks for another size, that is a scaled copy in a temporary file, made
    /// once.
    PngReader open_picture();

    /// Refuses to go on where a file that is to be written is also read, or
    /// written as another one; with what --output, --log and --record name, and
    /// the thread map. For --input run() does it.
    /// @throws WrongUse that names both.
    void require_separate(const std::vector<std::filesystem::path>& read,
                          std::vector<std::filesystem::path> written);

    /// Reads the picture --input and scales it to --width. Bytes moved are set
    /// as for a filter, which reads and writes every pixel once.
    Image read_picture();

    /// Times `work`: a warm-up first, then --repeat timed runs, with `prepare`
    /// before each, untimed. Without `prepare`, work of under a millisecond is
    /// called as often as fills one, and the time is that of one call.
    void measure(const std::function<void()>& work,
                 const std::function<void()>& prepare = {});

    /// Runs `work` once and times that, with no warm-up and whatever --repeat
    /// says: for a program that is timed as a whole.
    void measure_once(const std::function<void()>& work);

    /// Runs `work` once more, untimed, with a log that is on; reports the load
    /// imbalance and writes the log to --log.
    WorkLog log_run(std::int64_t items,
                    const std::function<void(WorkLog&)>& work);

    /// Where --item-times names a file, does the loop's items one by one on
    /// this thread, in the loop's order, and writes a work log of that: for a
    /// loop that keeps no log itself.
    void time_items(std::int64_t items,
                    const std::function<void(std::int64_t item)>& work);

    /// Times a step of the program that is reported apart from the function,
    /// and counts for the whole program: before measure() or after it.
    void time_phase(const std::string& name, const std::string& note,
                    const std::function<void()>& work);

    /// Adds to the checksum by which results are compared (see Checksum).
    void add_result(std::span<const std::byte> bytes) { result_.add(bytes); }
    void add_result(const Image& image) { result_.add(image); }
    void add_result(std::span<const double> values,
                    std::span<const double> expected, double tolerance);

    /// The file that --output names; unless told otherwise that is
    /// results/LESSON/VERSION.png, where the folder is made.
    std::filesystem::path picture_file();
    /// Writes the picture to picture_file().
    void write_picture(const Image& image);
    /// The same for a picture that is painted row by row: see write_png.
    void write_picture(
        int width, int height,
        const std::function<void(int y, std::span<Pixel> row)>& paint);
    /// Writes the thread map beside the picture: NAME_threads.png.
    void write_thread_map(const Image& image, const WorkLog& log);

    /// "serial", "parallel" and so on: the program's own file name.
    [[nodiscard]] const std::string& version() const { return version_; }
    /// Size of the team that parallel regions get: --threads, or what the
    /// environment and the machine say.
    [[nodiscard]] static int team_size();

 private:
    std::filesystem::path thread_map_file();
    void add_phase(const Phase& phase);
    [[nodiscard]] Image scaled(Image image) const;

    Record record_;
    Checksum result_;
    bool reports_ = true;                            ///< see report_nothing()
    std::shared_ptr<const TemporaryFolder> scaled_;  ///< see open_picture()
};
