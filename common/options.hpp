// The options of a lesson program.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "common/png.hpp"

namespace CLI {
class App;
}

/// What values an option takes.
template <typename Number>
struct Bounds {
    Number lowest;
    Number highest;
    /// For an option that says how much work there is: a value that takes no
    /// time. Tests use it, and the lowest one.
    std::optional<Number> test = {};
    std::string reason = {};  ///< why, where a user may ask
};

/// The options of a lesson program. --threads, --repeat, --record and --help
/// belong to every lesson; a lesson adds its own with option().
class Options {
 public:
    /// @param name the lesson's folder, such as "05_grey".
    /// @param summary one sentence for --help.
    /// @param repeat timed runs unless --repeat says otherwise.
    Options(std::string name, std::string summary, std::int64_t repeat);
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;
    ~Options();

    /// A number (std::int64_t or double), or a list of them, separated by
    /// commas, each within the bounds. Where a list has values already, as many
    /// are to be given. `value` keeps what it holds where the option is not
    /// given.
    template <typename Number>
    void option(const std::string& name, Number& value,
                const Bounds<std::type_identity_t<Number>>& bounds,
                const std::string& help);
    template <typename Number>
    void option(const std::string& name, std::vector<Number>& values,
                const Bounds<std::type_identity_t<Number>>& bounds,
                const std::string& help);
    /// A switch without a value.
    void option(const std::string& name, bool& value, const std::string& help);
    /// A file or folder, or several; `kind` is what --help calls it: "FOLDER".
    void option(const std::string& name, std::filesystem::path& value,
                const std::string& kind, const std::string& help);
    void option(const std::string& name,
                std::vector<std::filesystem::path>& values,
                const std::string& kind, const std::string& help);

    /// Refuses two options together: with the one, the other does nothing.
    void exclude(const std::string& name, const std::string& other);

    /// --input FILE, --width N, --max-pixels N, for Lesson::read_picture().
    void add_picture_input();
    /// --output FILE, for Lesson::write_picture() and write_thread_map().
    void add_picture_output();
    /// --log FILE, for Lesson::log_run().
    void add_log();
    /// --item-times FILE, for Lesson::time_items().
    void add_item_times();
    /// --schedule KIND[,CHUNK], for a loop with schedule(runtime); `usual`
    /// unless it or OMP_SCHEDULE says something else.
    void add_schedule(const std::string& usual = "dynamic");

 protected:
    /// Reads the options and applies --threads and --schedule.
    /// @returns the exit status where the program ends here: 0 after --help or
    ///     --describe, 2 after wrong use, which it tells on stderr.
    std::optional<int> parse(int argc, char** argv);

    std::string name_;
    std::string version_;       ///< the program's own file name
    std::int64_t threads_ = 0;  ///< 0: not given
    std::int64_t repeat_;
    std::int64_t width_ = 2048;
    std::int64_t max_pixels_ = default_max_pixels;
    std::string schedule_;  ///< empty: the lesson has none
    bool paints_ = false;   ///< whether it has --output for a picture
    bool logs_ = false;     ///< whether it has --log
    std::filesystem::path input_ = "data/volcano.png";
    std::filesystem::path output_;  ///< empty: not given
    std::filesystem::path log_file_;
    std::filesystem::path item_times_file_;
    std::filesystem::path record_file_;

 private:
    /// What --describe prints: what the lesson is and takes, as JSON.
    [[nodiscard]] std::string description() const;

    std::unique_ptr<CLI::App> app_;
    std::vector<std::string> test_;      ///< arguments for a small problem
    std::vector<std::string> smallest_;  ///< and for the smallest
};
