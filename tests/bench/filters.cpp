// Lessons 05 to 08, beside the loops that only move bytes.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "common/image.hpp"
#include "common/work_log.hpp"
#include "lessons/05_grey/grey.hpp"
#include "lessons/06_red/red.hpp"
#include "lessons/07_green/green.hpp"
#include "lessons/08_blue/blue.hpp"
#include "tests/bench/pictures.hpp"
#include "tests/bench/suite.hpp"

// NOLINTBEGIN(bugprone-suspicious-include)
namespace serial {
#include "lessons/05_grey/serial.cpp"
#include "lessons/06_red/serial.cpp"
#include "lessons/07_green/serial.cpp"
#include "lessons/08_blue/serial.cpp"
}  // namespace serial
namespace parallel {
#include "lessons/05_grey/parallel.cpp"
#include "lessons/06_red/parallel.cpp"
#include "lessons/07_green/parallel.cpp"
#include "lessons/08_blue/parallel.cpp"
}  // namespace parallel
namespace fast {
#include "lessons/05_grey/blocks.cpp"
#include "lessons/06_red/masked.cpp"
#include "lessons/07_green/masked.cpp"
#include "lessons/08_blue/masked.cpp"
}  // namespace fast
// NOLINTEND(bugprone-suspicious-include)

namespace {

/// A filter in its three forms.
struct Filter {
    std::string lesson;
    std::string fast_version;  ///< the name of its restructured form
    void (*serial)(Image&);
    void (*parallel)(Image&);
    void (*fast)(Image&);
};

/// The red filter keeps a log; here it is off.
template <void (*red)(Image&, WorkLog&)>
void without_log(Image& image) {
    WorkLog off;
    red(image, off);
}

void add_filter(Suite& suite, const Filter& filter) {
    const std::string fast = filter.lesson + "/" + filter.fast_version;
    const std::string plain = filter.lesson + "/parallel";
    const auto on_the_limits_picture = [](void (*run)(Image&)) {
        return Make([run] {
            Image& image = picture(limit_side);
            return Prepared{.run = [run, &image] { run(image); }};
        });
    };
    suite.add(plain, suite.threads(), on_the_limits_picture(filter.parallel));
    suite.add(fast, suite.threads(), on_the_limits_picture(filter.fast));
    constexpr double all_of_it = 1.0;
    constexpr double most_of_it = 0.75;
    suite.compare({fast + " against the plain copy loop", fast, copy_loop,
                   Kind::times, all_of_it});
    suite.compare({fast + " against a plain pass in place", fast, pass_in_place,
                   Kind::times, most_of_it});
    suite.compare({fast + " against memcpy", fast, "limit/memcpy"});
    suite.compare({plain + " against the plain copy loop", plain, copy_loop});
    suite.compare(
        {plain + " against a plain pass in place", plain, pass_in_place});

    const auto size = [](std::int64_t side) {
        return ProblemSize{.n = side,
                           .items = static_cast<double>(side * side),
                           .words = fmt::format("{0} x {0}", side)};
    };
    const auto cost = [] { return Cost{.operations = 3, .bytes = 6}; };
    suite.place({.name = fast,
                 .benchmark = fast,
                 .items = 1.0 * limit_side * limit_side,
                 .cost = cost});
    suite.add_lesson({.lesson = filter.lesson,
                      .sizes = {size(1024), size(3238), size(10240)},
                      .cost = cost,
                      .remark = "leaves the caches"},
                     [filter](std::int64_t side, Version version) {
                         const auto run = version == Version::serial
                                              ? filter.serial
                                              : filter.parallel;
                         Image& image = picture(side);
                         return Prepared{.run = [run, &image] { run(image); }};
                     });
}

}  // namespace

void add_filters(Suite& suite) {
    add_filter(suite,
               {"05_grey", "blocks", serial::grey, parallel::grey, fast::grey});
    add_filter(suite, {"06_red", "masked", without_log<serial::red>,
                       without_log<parallel::red>, without_log<fast::red>});
    add_filter(suite, {"07_green", "masked", serial::green, parallel::green,
                       fast::green});
    add_filter(suite,
               {"08_blue", "masked", serial::blue, parallel::blue, fast::blue});
}
