#include "games.hpp"

#include <fmt/core.h>

#include <array>
#include <random>
#include <vector>

namespace {

constexpr std::array<const char*, 5> names = {"James", "Gene", "Ediwn", "Finn",
                                              "Zeen"};
constexpr std::array<std::int32_t, 5> points = {50, 123, 12, 160, 130};

}  // namespace

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

void throw_dice(std::span<Score> scores) {
    std::mt19937 generator;
    std::int32_t player = 0;
    for (Score& score : scores) {
        score = {static_cast<std::int32_t>(generator() % 1'000'000), player++};
    }
}
