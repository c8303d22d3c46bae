// TODO: what the program does, in a line.

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "common/lesson.hpp"
#include "skeleton.hpp"

int main(int argc, char** argv) {
    std::int64_t count = 1'000'000;
    Lesson lesson("00_skeleton", "TODO: one sentence for --help.");
    // The third number is a size that takes no time: tests use it.
    lesson.option("--count", count, {0, 1'000'000'000, 20},
                  "length of the list");
    return lesson.run(argc, argv, [&] {
        Lesson::require_memory(count * 8, "--count");
        lesson.set_size(fmt::format("{} elements", count), count);
        std::vector<std::int64_t> list(static_cast<std::size_t>(count));
        lesson.measure([&] { skeleton(list); });
        // Once more, on a list in which nothing is right yet.
        std::fill(list.begin(), list.end(), -1);
        skeleton(list);
        lesson.add_result(std::as_bytes(std::span(list)));
    });
}
