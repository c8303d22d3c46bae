// Which thread did which item of a loop, and when.

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

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

    /// The time from the first start to the last end, in seconds since the log
    /// began; both are 0 when nothing was done.
    struct Period {
        double start = 0.0;
        double end = 0.0;
    };
    [[nodiscard]] Period period() const;

    /// Makespan: the length of the period, in seconds.
    [[nodiscard]] double makespan() const;

    /// Writes the log as CSV: item, thread, start_s, end_s.
    /// @throws std::runtime_error when the file cannot be written.
    void write_csv(const char* file) const;

 private:
    static double clock_seconds();
    void begin(std::int64_t item);
    void end(std::int64_t item);

    std::vector<Entry> entries_;
    std::function<void(std::int64_t item)> watcher_;
    double began_ = clock_seconds();
};
