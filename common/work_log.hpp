// Which thread did which item of a loop, and when.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "common/image.hpp"

/// A record of a loop's items: the thread that did each, from when to when.
///
/// Every item has a slot of its own and is done by one thread, so no two
/// threads write the same slot: the log needs no lock and has no data race.
/// A log made without a number of items is off and costs one test an item.
class WorkLog {
 public:
    /// What is known of one item.
    struct Entry {
        int thread = -1;     ///< -1: nobody did it
        double start = 0.0;  ///< in seconds since the log began
        double end = 0.0;    ///< in seconds since the log began
    };

    /// Notes its item's start when it is made and the end when it goes.
    class Item {
     public:
        Item(WorkLog& log, std::int64_t item) : log_(log), item_(item) {
            if (log_.is_on()) log_.begin(item_);
        }
        Item(const Item&) = delete;
        Item& operator=(const Item&) = delete;
        ~Item() {
            if (log_.is_on()) log_.end(item_);
        }

     private:
        WorkLog& log_;
        std::int64_t item_;
    };

    /// A log that is off.
    WorkLog() = default;
    /// A log for items 0 .. items-1, which begins now.
    explicit WorkLog(std::int64_t items);
    /// A log of what is known already.
    explicit WorkLog(std::vector<Entry> entries);

    [[nodiscard]] bool is_on() const { return !entries_.empty(); }

    /// Calls `watcher` at the start of every item, on the thread that does it;
    /// for tests that want to see a loop at work.
    void on_start(std::function<void(std::int64_t item)> watcher) {
        watcher_ = std::move(watcher);
    }

    /// Logs item i from here to the end of the block that we stand in.
    [[nodiscard]] Item item(std::int64_t i) { return {*this, i}; }

    [[nodiscard]] std::span<const Entry> entries() const { return entries_; }

    /// Seconds that each thread spent in items; one value a thread of the team,
    /// idle ones too, so at least `team_size` values.
    [[nodiscard]] std::vector<double> busy_seconds(int team_size = 1) const;

    /// Load imbalance: max / mean - 1 of the threads' busy seconds. 0 when all
    /// have worked for the same time, 1 when one of two has done everything
    /// (DeRose et al., Detecting Application Load Imbalance, 2007).
    [[nodiscard]] double imbalance(int team_size = 1) const;

    /// Makespan: seconds from the first start to the last end; 0 when nothing
    /// was done.
    [[nodiscard]] double makespan() const;

    /// Writes the log as CSV: item, thread, start_s, end_s.
    /// @throws std::runtime_error when the file cannot be written.
    void write_csv(const std::filesystem::path& file) const;

 private:
    using Clock = std::chrono::steady_clock;

    void begin(std::int64_t item);
    void end(std::int64_t item);
    [[nodiscard]] double now() const;

    std::vector<Entry> entries_;
    std::function<void(std::int64_t item)> watcher_;
    Clock::time_point began_ = Clock::now();
};

/// The picture with each row tinted in the colour of the thread that did it;
/// the log's items are the picture's rows. Seven of the eight colours are those
/// of Okabe and Ito (Color Universal Design, 2008), told apart by colour-blind
/// readers; grey stands in for their black. @throws std::invalid_argument when
/// the log has fewer items than the picture has rows.
Image thread_map(const Image& image, const WorkLog& log);

/// The log as text, a line for each thread of the team, the busy ones at least:
///
///     thread 0 |000000011111111222222|
///     thread 1 |3333333444444........|
///
/// The columns share the makespan evenly. Each shows the item that its thread
/// was doing in the column's middle, or `.` for none: an item shorter than a
/// column may not be seen. An item's mark is its character in `marks`, or,
/// beyond these, the last digit of its number. Empty when nothing was done.
std::string timeline_text(const WorkLog& log, int team_size,
                          const std::string& marks = "", int columns = 60);

/// The colour that stands for a thread in thread maps.
Pixel thread_colour(int thread);
