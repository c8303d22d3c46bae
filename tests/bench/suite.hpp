// The bench's list of what is measured, and of what is made of it.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// Something ready to be timed. What it needs, its functions own.
struct Prepared {
    std::function<void()> run;
    std::function<void()> before_each = {};  ///< called before it, untimed
};

/// Makes it ready; untimed.
using Make = std::function<Prepared()>;

/// How a comparison is judged, from the median times of its benchmarks.
enum class Kind {
    times,      ///< reference / subject: how many times as fast
    efficiency  ///< the same, over what the control gains on the same threads
};

/// One line of the bench's table of ratios.
struct Target {
    std::string what;       ///< "05_grey against the plain copy loop"
    std::string subject;    ///< the benchmark that is judged
    std::string reference;  ///< the benchmark that it is compared with
    Kind kind = Kind::times;
    double at_least = 0.0;  ///< 0: shown, not judged
};

/// What an item of a lesson's loop costs, counted by hand in its source.
struct Cost {
    double operations = 0.0;  ///< arithmetic ones, comparisons included
    double bytes = 0.0;       ///< to and from memory, read and written
};

/// A lesson at one size.
struct ProblemSize {
    std::int64_t n = 0;         ///< what `make` gets
    double items = 0.0;         ///< iterations, pixels, numbers
    std::string words;          ///< "10,000,000 numbers"
    std::string parallel = {};  ///< its benchmark; add_lesson() names it
};

/// A size whose items are what is counted: "1,000 numbers".
ProblemSize size_of(std::int64_t n, const std::string& what);
/// The largest of such sizes, and a tenth and a hundredth of it.
std::array<ProblemSize, 3> decades(std::int64_t largest,
                                   const std::string& what);

/// A lesson at three sizes, a decade of items apart.
struct Scaling {
    std::string lesson;
    std::array<ProblemSize, 3> sizes;
    std::function<Cost()> cost;  ///< of an item, at the largest size; may be {}
    std::string remark = {};     ///< why an item takes longer in a large one
};

/// A point of the roofline plot.
struct Point {
    std::string name;
    std::string benchmark;       ///< one run of which costs as much as ...
    double items = 0.0;          ///< ... so many items
    std::function<Cost()> cost;  ///< of an item
};

enum class Version { serial, parallel };

/// All benchmarks, and what is to be made of them.
class Suite {
 public:
    /// @param threads of the teams.
    explicit Suite(int threads) : threads_(threads) {}

    [[nodiscard]] int threads() const { return threads_; }
    [[nodiscard]] const std::vector<Target>& targets() const {
        return targets_;
    }
    [[nodiscard]] const std::vector<Scaling>& scalings() const {
        return scalings_;
    }

    /// Adds a benchmark for a team of `threads`.
    void add(const std::string& name, int threads, const Make& make);
    /// Adds a benchmark that needs nothing made ready.
    void add(const std::string& name, int threads,
             const std::function<void()>& run);

    [[nodiscard]] const std::vector<Point>& points() const { return points_; }

    /// Adds a line to the table of ratios.
    void compare(const Target& target) { targets_.push_back(target); }
    /// Adds a line to the table of sizes.
    void tabulate(const Scaling& scaling) { scalings_.push_back(scaling); }
    /// Adds a point to the roofline plot.
    void place(const Point& point) { points_.push_back(point); }

    /// Adds a lesson: its parallel version at three sizes and its serial one at
    /// the largest, `efficiency` being what they are to reach (0: not judged).
    /// With a cost, the largest size becomes a point of the roofline plot.
    void add_lesson(
        Scaling scaling,
        const std::function<Prepared(std::int64_t n, Version version)>& make,
        double efficiency = 0.0);

 private:
    int threads_;
    std::vector<Target> targets_;
    std::vector<Scaling> scalings_;
    std::vector<Point> points_;
};

/// The benchmarks by which it is seen whether the machine is quiet: the same
/// computing on one thread and on all. First steps that wait for each other;
/// then as much arithmetic as a core can do, which also shows when somebody
/// else uses the other half of a core (a neighbour on the same host).
inline const std::string control_on_one = "control/compute/one";
inline const std::string control_on_all = "control/compute/all";
inline const std::string arithmetic_on_one = "limit/arithmetic/one";
inline const std::string arithmetic_on_all = "limit/arithmetic/all";

/// The ceilings of the machine, and what one run of each does.
inline const std::string copy_loop = "limit/copy";
inline const std::string pass_in_place = "limit/pass";
inline const std::string empty_region = "limit/empty_region";
/// Pixels; a picture of 453 MB. It is to lie in no cache: with 8192 it would be
/// 201 MB, and there are third-level caches of 260 MB.
inline constexpr int limit_side = 12288;
inline constexpr double limit_bytes = 6.0 * limit_side * limit_side;
inline constexpr int arithmetic_lanes = 128;  // 16 registers of 8 numbers
inline constexpr int arithmetic_rounds = 10'000;
/// Of doubles: a product and a sum for each lane, round and thread.
constexpr double arithmetic_operations(int threads) {
    return 2.0 * arithmetic_lanes * arithmetic_rounds * threads;
}

// Every lesson's versions are compiled into the bench anew, each in a namespace
// of its own, with the flags of the lessons.
void add_limits(Suite& suite);
void add_filters(Suite& suite);  ///< lessons 05 to 08
void add_lists(Suite& suite);    ///< lessons 01, 03, 04, 10, 11, 13 to 16
void add_mandelbrot(Suite& suite);
void add_files(Suite& suite);    ///< lessons 09 and 18
void add_waiting(Suite& suite);  ///< lessons 02 and 17
void add_harness(Suite& suite);  ///< what common/ adds to a lesson's function
