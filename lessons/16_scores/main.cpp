// Sorts the best scores of a game: five that are known, and many random ones.

#include <fmt/format.h>

#include <array>
#include <random>
#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "scores.hpp"

namespace {

constexpr std::array<const char*, 5> names = {"James", "Gene", "Ediwn", "Finn",
                                              "Zeen"};
constexpr std::array<std::int32_t, 5> points = {50, 123, 12, 160, 130};

void sort_the_five(std::int64_t cutoff) {
    std::vector<Score> five;
    for (std::int32_t player = 0; player < 5; ++player) {
        five.push_back({points.at(player), player});
    }
    sort_scores(five, cutoff);
    for (const Score& score : five) {
        fmt::print("{} {}  ", names.at(score.player), score.points);
    }
    fmt::print("\n");
}

/// Points below a million, the same ones in every run; many players are equal.
void throw_dice(std::span<Score> scores) {
    std::mt19937 generator;
    std::int32_t player = 0;
    for (Score& score : scores) {
        score = {static_cast<std::int32_t>(generator() % 1'000'000), player++};
    }
}

}  // namespace

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
