// The filters of lessons 05 to 08, and their fast forms of lesson 19, on the
// same memory as the limits.

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "lessons/05_grey/grey.hpp"
#include "lessons/06_red/red.hpp"
#include "lessons/07_green/green.hpp"
#include "lessons/08_blue/blue.hpp"
#include "lessons/19_bandwidth/bandwidth.hpp"
#include "tests/bench/limits.hpp"

// NOLINTBEGIN(bugprone-suspicious-include)
namespace plain {
#include "lessons/05_grey/parallel.cpp"
#include "lessons/06_red/parallel.cpp"
#include "lessons/07_green/parallel.cpp"
#include "lessons/08_blue/parallel.cpp"
}  // namespace plain
namespace vectors {
#include "lessons/19_bandwidth/vectors.cpp"
}  // namespace vectors
namespace prefetch {
#include "lessons/19_bandwidth/prefetch.cpp"
}  // namespace prefetch
// NOLINTEND(bugprone-suspicious-include)

void add_filters() {
    const auto add = [](const std::string& name, auto filter) {
        add_benchmark(name, all_threads(),
                      [filter] { filter(limit_picture()); });
    };
    add("filter/grey", plain::grey);
    add("filter/red", [](Image& image) {
        WorkLog off;
        plain::red(image, off);
    });
    add("filter/green", plain::green);
    add("filter/blue", plain::blue);
    add("filter/grey/vectors", vectors::grey);
    add("filter/red/vectors", vectors::red);
    add("filter/grey/prefetch", prefetch::grey);
    add("filter/red/prefetch", prefetch::red);
}
