// Throws dice, and prints how often each sum came.

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "dice.hpp"

namespace {

/// The sums from the least to the greatest, or as many as fit a line.
void print_sums(std::int64_t throws, int dice,
                const std::vector<std::int64_t>& counts) {
    constexpr int most = 16;
    const int last = std::min(6 * dice, dice + most - 1);
    fmt::print("of 1,000 throws the sums {} .. {} have", dice, last);
    for (int sum = dice; sum <= last; ++sum) {
        const double share =
            static_cast<double>(counts[sum]) /
            static_cast<double>(std::max<std::int64_t>(throws, 1));
        fmt::print(" {:.0f}", 1000 * share);
    }
    fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t throws = 400'000;
    std::int64_t per_throw = 3;
    std::int64_t seed = 24;
    Lesson lesson("24_dice",
                  "Throws dice, and counts how often each sum comes.");
    lesson.option("--count", throws, {0, 4'000'000'000, 20}, "throws");
    lesson.option("--dice", per_throw, {1, 1'000}, "dice of a throw");
    lesson.option("--seed", seed, {0, 1'000'000'000},
                  "which sequence of random numbers");
    return lesson.run(argc, argv, [&] {
        lesson.set_size(count_text(throws) + " throws", throws);
        const int dice = static_cast<int>(per_throw);
        std::vector<std::int64_t> counts(6 * dice + 1);
        // Numbers used twice in one run are enough, so that it does not take
        // luck to see it: of all runs we keep the one that drew fewest.
        std::vector<std::int64_t> kept;
        std::uint64_t fewest = std::numeric_limits<std::uint64_t>::max();
        start_random(static_cast<std::uint64_t>(seed));
        const auto run = [&] {
            roll(throws, dice, static_cast<std::uint64_t>(seed), counts.data());
            if (numbers_drawn() > fewest) return;
            fewest = numbers_drawn();
            kept = counts;
        };
        lesson.measure(run,
                       [&] { std::fill(counts.begin(), counts.end(), 0); });
        lesson.add_result(std::as_bytes(std::span(kept)));
        print_sums(throws, dice, kept);
        if (fewest == 0) return;  // nobody has called next_random()
        fmt::print("{} random numbers were used, {} were drawn\n",
                   count_text(throws * dice),
                   count_text(static_cast<std::int64_t>(fewest)));
    });
}
