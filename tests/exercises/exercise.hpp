// What the tests of the exercises share.
//
// A test file here has up to four suites, one for each criterion that
// docs/grading.md explains: Correct, Parallel, RaceFree and Fast. What a
// failure says is read by a student.

#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Fails with a message for the student unless the pictures are the same.
void expect_same_picture(const Image& image, const Image& expected);

/// Watches the items of one call of a student's function: how often was each
/// done, and how many threads were at work at the same time?
///
/// A thread that begins its first item waits until the whole team has begun
/// one, or until half a second has passed since the first began. A team that
/// works together meets, whatever its schedule and however few the processors;
/// a thread that does everything, or threads that let each other in one by one,
/// do not.
///
/// Then the item is made to last a while (100 ms over the number of items, 1 ms
/// at most), so that one sees in record() how the items were shared.
class Watch {
 public:
    /// Expects the items 0 .. items-1 and `team` threads, items >= team. Where
    /// they are parts of a picture, that has so many columns of parts.
    Watch(int team, std::int64_t items, int columns = 0);

    /// To be called on the thread that begins an item; by several at once.
    void begin(std::int64_t item);

    /// What a student should know; empty when each item was done once and the
    /// whole team was at work at the same time.
    [[nodiscard]] std::string complaint() const;

    /// Who began which item, and when: the team's size, the columns (0: they
    /// are not parts of a picture), then for each beginning "item thread start
    /// end", times in microseconds since the first. The grader draws it. Empty
    /// for items that are too many to last a while.
    [[nodiscard]] std::string record() const;

 private:
    using Clock = std::chrono::steady_clock;
    struct Begun {
        std::int64_t item;
        int thread;
        Clock::time_point start;
        Clock::time_point end;
    };

    void meet(std::int64_t item);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    int team_;
    int columns_;
    int met_ = 0;
    std::vector<int> times_;
    std::set<std::thread::id> threads_;
    std::optional<Clock::time_point> deadline_;
    std::chrono::microseconds nap_;
    std::vector<Begun> begun_;
};

/// Calls `work` with teams of 2 and 4 and a watch that `work` tells of every
/// item that begins; fails with the watch's complaint. For `columns` see Watch.
void expect_team_at_work(std::int64_t items,
                         const std::function<void(Watch&)>& work,
                         int columns = 0);

/// The same for functions that log their items.
void expect_shared_items(std::int64_t items,
                         const std::function<void(WorkLog&)>& work);

/// The same where they are parts of a picture, from left to right and from the
/// top down, in so many columns: 1 where they are rows.
void expect_shared_picture(std::int64_t parts, int columns,
                           const std::function<void(WorkLog&)>& work);

/// Calls `work` with teams of 2, 3, 4 and 16, most of them several times, for
/// the race detector. `work` gets a function to call on a thread that begins an
/// item. There each thread waits, at its first item, until a team is there or
/// 0.3 s have passed: else one thread could be done with everything before
/// another has woken up, and then nothing races. It puts nothing in order, so
/// it hides no race. The grader is told whether the teams have met; without
/// that the detector's silence means nothing.
void repeat_for_race_detector(
    const std::function<void(const std::function<void()>& gather)>& work);

/// The same for functions that log their items.
void repeat_for_race_detector(std::int64_t items,
                              const std::function<void(WorkLog&)>& work);

/// The same for what needs no team.
void repeat_for_race_detector(const std::function<void()>& work);

/// What bounds a function's speed, and so what its speedup is compared with.
enum class Limit { computing, memory };

/// Measures the speedup of `parallel` on all processors over `serial` on one
/// and, in turn, what a plain loop of the same kind gains, and records both for
/// the grader. Never fails; skips, and says why, where there is nothing to
/// judge: one processor, under 2 ms of serial work, a machine that is busy.
/// Both functions do the same work from the same beginning each time. The team
/// has `most_threads` at most: where more would have nothing to do.
void measure_speedup(Limit limit, const std::function<void()>& serial,
                     const std::function<void()>& parallel,
                     int most_threads = std::numeric_limits<int>::max());

/// Has the grader say this as well, whatever `fast` earns.
void note_on_speed(const std::string& text);
