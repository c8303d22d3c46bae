// What every lesson program does around its function.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/image.hpp"
#include "common/record.hpp"
#include "common/work_log.hpp"

namespace CLI {
class App;
}

/// A lesson program: its options, its timed runs, its report.
///
/// main() makes one, adds the lesson's own options and calls run() with the
/// lesson's body; the body calls measure() and add_result(). --threads,
/// --repeat, --record and --help are everybody's.
class Lesson {
 public:
    /// @param name the lesson's folder, such as "05_grey".
    /// @param summary one sentence for --help.
    /// @param repeat timed runs unless --repeat says otherwise: fewer than five
    ///     where one run takes long.
    Lesson(std::string name, std::string summary, std::int64_t repeat = 5);
    Lesson(const Lesson&) = delete;
    Lesson& operator=(const Lesson&) = delete;
    ~Lesson();

    // --- Before run(): options. Each stands for the field's usual word.

    /// A whole number, lowest <= value <= highest; anything else is refused
    /// with a message that names the bounds, and `reason` where it is given.
    void add_number(const std::string& option, std::int64_t& value,
                    std::int64_t lowest, std::int64_t highest,
                    const std::string& help, const std::string& reason = "");
    /// Any number of whole numbers, separated by commas, each from lowest to
    /// highest.
    void add_numbers(const std::string& option,
                     std::vector<std::int64_t>& values, std::int64_t lowest,
                     std::int64_t highest, const std::string& help);
    /// A finite real number, lowest <= value <= highest.
    void add_real(const std::string& option, double& value, double lowest,
                  double highest, const std::string& help);
    /// Several real numbers, separated by commas: as many as `values` holds.
    void add_reals(const std::string& option, std::vector<double>& values,
                   const std::string& help);
    /// One or more finite real numbers, separated by commas, each lowest <=
    /// value <= highest.
    void add_list(const std::string& option, std::vector<double>& values,
                  double lowest, double highest, const std::string& help);
    /// A switch without a value.
    void add_flag(const std::string& option, bool& value,
                  const std::string& help);
    /// --schedule KIND[,CHUNK], for a loop with schedule(runtime); `dynamic`
    /// unless it or OMP_SCHEDULE says something else.
    void add_schedule();
    /// --input FILE, --width N, --max-pixels N, for read_picture().
    void add_picture_input();
    /// --output FILE, for write_picture() and write_thread_map().
    void add_picture_output();
    /// --log FILE, for log_run().
    void add_log();
    /// One file or folder; `kind` stands for it in --help, as in
    /// `--output FOLDER`.
    void add_path(const std::string& option, std::filesystem::path& value,
                  const std::string& kind, const std::string& help);
    /// Several files or folders, one at least.
    void add_paths(const std::string& option,
                   std::vector<std::filesystem::path>& values,
                   const std::string& help);

    /// Reads the options, runs the body, prints the report.
    /// @returns the program's exit status: 0 done, 1 it could not be done,
    ///     2 wrong use. Errors are told on stderr as
    ///     `LESSON/VERSION: what is wrong: what to do`.
    int run(int argc, char** argv, const std::function<void()>& body);

    // --- In the body.

    /// What the problem's size is, in words and in items of the loop.
    void set_size(const std::string& words, std::int64_t items);

    /// The size of the team: --threads, or `otherwise` where that is not given.
    /// It is 1 in the serial program.
    int threads_or(int otherwise);

    /// The bytes that one run moves to and from memory, read and written, where
    /// that is known.
    void set_bytes_moved(std::int64_t bytes);

    /// Refuses to go on where that much memory (in bytes) is not available.
    /// @throws std::runtime_error that says how much there is.
    static void require_memory(std::int64_t bytes, const std::string& option);

    /// Reads the picture --input and scales it to --width.
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

    /// Times a step of the program that is reported apart from the function,
    /// and counts for the whole program: before measure() or behind it.
    void time_phase(const std::string& name, const std::string& note,
                    const std::function<void()>& work);

    /// Adds to the checksum (CRC-32) by which results are compared.
    void add_result(std::span<const std::byte> bytes);
    /// Adds a picture's size, pixels and opacities to the checksum.
    void add_result(const Image& image);
    /// Adds real numbers whose last digits may differ, since they depend on the
    /// order in which sums were added up: a value is right when it is within
    /// tolerance * |expected| of the expected one. Of a right one the expected
    /// number counts for the checksum, so all right results are the same; of a
    /// wrong one, its own. The report tells the largest error.
    /// @param expected as many as there are values, computed in another way.
    void add_result(std::span<const double> values,
                    std::span<const double> expected, double tolerance);

    /// The file that --output names; unless told otherwise that is
    /// results/LESSON/VERSION.png, where the folder is made.
    std::filesystem::path picture_file();
    /// Writes the picture to picture_file().
    void write_picture(const Image& image);
    /// Writes the thread map beside the picture: NAME_threads.png.
    void write_thread_map(const Image& image, const WorkLog& log);

    /// "serial", "parallel" and so on: the program's own file name.
    [[nodiscard]] const std::string& version() const { return version_; }
    /// Size of the team that parallel regions get: --threads, or what the
    /// environment and the machine say.
    [[nodiscard]] static int team_size();

 private:
    /// A step of the program that is timed apart from the function.
    struct Phase {
        std::string name;      ///< "read", "write", ...
        double seconds = 0.0;  ///< wall-clock
        std::string note;      ///< what was read or written
    };

    void set_schedule() const;
    [[nodiscard]] int run_body(const std::function<void()>& body);
    void print_report() const;
    [[nodiscard]] Record record() const;
    std::filesystem::path output_path(const std::string& suffix);

    std::unique_ptr<CLI::App> options_;
    std::string name_;
    std::string version_;
    std::string program_;  ///< "05_grey/parallel", for messages

    std::int64_t threads_ = 0;  ///< 0: not given
    std::int64_t repeat_;
    std::int64_t width_ = 2048;
    std::int64_t max_pixels_ = default_max_pixels;
    std::string schedule_;  ///< empty: the lesson has none
    std::filesystem::path input_ = "data/volcano.png";
    std::filesystem::path output_;  ///< empty: not given
    std::filesystem::path log_file_;
    std::filesystem::path record_;

    std::string size_;
    std::int64_t items_ = 0;
    std::int64_t bytes_moved_ = 0;
    std::vector<double> seconds_;  ///< one a timed run
    std::int64_t calls_ = 1;       ///< calls of the function in a timed run
    int threads_used_ = 1;
    std::vector<Phase> before_;  ///< the phases before the function
    std::vector<Phase> after_;   ///< and after it
    std::optional<double> imbalance_;
    double error_ = 0.0;      ///< the largest of a real result, relative
    double tolerance_ = 0.0;  ///< of real results; 0: there are none
    std::uint32_t checksum_ = 0;
};
