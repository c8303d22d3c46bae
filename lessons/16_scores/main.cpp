// Sorts the best scores of a game: five that are known, and many random ones.

#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "parts/games.hpp"

int main(int argc, char** argv) {
    std::int64_t count = 1'000'000;
    std::int64_t cutoff = 10'000;
    Lesson lesson("16_scores", "Sorts the scores of a game, highest first.");
    lesson.option("--count", count, {0, 100'000'000, 20},
                  "random scores, after the five known ones");
    lesson.option("--cutoff", cutoff, {1, 100'000'000, 4},
                  "most scores that make a part which is not divided");
    return lesson.run(argc, argv, [&] {
        constexpr int bytes = 2 * sizeof(Score);  // the list and the spare one
        Lesson::require_memory(bytes * count, "--count");
        lesson.set_size(count_text(count) + " scores", count);
        sort_the_five(cutoff);
        std::vector<Score> scores(static_cast<std::size_t>(count));
        lesson.measure([&] { sort_scores(scores, cutoff); },
                       [&] { throw_dice(scores); });
        lesson.add_result(std::as_bytes(std::span(scores)));
    });
}
