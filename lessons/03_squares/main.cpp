// Makes a list of squares and shows its ends.

#include <algorithm>
#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "parts/print_ends.hpp"
#include "squares.hpp"

int main(int argc, char** argv) {
    std::int64_t count = 1000;
    Lesson lesson("03_squares", "Makes the list of the squares 0, 1, 4, 9 ...");
    lesson.option("--count", count, {0, 1'000'000'000, 20},
                  "length of the list");
    return lesson.run(argc, argv, [&] {
        Lesson::require_memory(count * 8, "--count");
        lesson.set_size(count_text(count) + " squares", count);
        std::vector<std::int64_t> list(static_cast<std::size_t>(count));
        lesson.measure([&] { squares(list); });
        // Once more, on a list in which nothing is right yet.
        std::fill(list.begin(), list.end(), -1);
        squares(list);
        lesson.add_result(std::as_bytes(std::span(list)));
        print_ends(list);
    });
}
