// Bakes a cake, eats it and shows what is left, and how many crumbs were seen.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <random>

#include "cake.hpp"
#include "common/lesson.hpp"
#include "common/terminal.hpp"

namespace {

using Counts = std::array<std::int64_t, crumb_sizes>;

/// The size of a crumb is the heads in 64 tosses of a coin, and 1: about 33,
/// hardly ever below 15 or above 50.
Cake bake(std::int64_t slices, std::int64_t count) {
    Cake cake = {.slices = slices, .crumbs = {}};
    cake.crumbs.reserve(static_cast<std::size_t>(count));
    std::mt19937_64 random(14);
    for (std::int64_t i = 0; i < count; ++i) {
        cake.crumbs.push_back(
            static_cast<std::uint8_t>(1 + std::popcount(random())));
    }
    return cake;
}

void print_eaters(const WorkLog& log) {
    constexpr std::size_t most = 16;
    fmt::print("the slices are eaten by threads");
    for (std::size_t i = 0; i < log.entries().size() && i < most; ++i) {
        fmt::print(" {}", log.entries()[i].thread);
    }
    fmt::print("{}\n", log.entries().size() > most ? " ..." : "");
}

/// How many crumbs were counted.
std::int64_t total(const Counts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

void print_crumbs(const Cake& cake, const std::vector<std::int64_t>& lost) {
    const auto all = static_cast<std::int64_t>(cake.crumbs.size());
    const auto gone = std::count(cake.crumbs.begin(), cake.crumbs.end(), eaten);
    const auto wrong = std::count_if(lost.begin(), lost.end(),
                                     [](auto crumbs) { return crumbs != 0; });
    fmt::print(
        "of {} crumbs {} are left, {} were counted, {} are lost "
        "({} of {} runs lose some)\n",
        count_text(all), count_text(all - gone), count_text(all - lost.back()),
        count_text(lost.back()), wrong, lost.size());
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t slices = 4;
    std::int64_t count = 4'000'000;
    Lesson lesson(
        "14_cake",
        "Eats a cake, slice by slice, and counts its crumbs by size.");
    lesson.option("--slices", slices, {1, 1'000'000}, "slices of the cake");
    lesson.option("--count", count, {0, 4'000'000'000, 20},
                  "crumbs of the cake");
    return lesson.run(argc, argv, [&] {
        // The cake as it is baked, as it is eaten, and each thread's copy.
        Lesson::require_memory(count * (2 + Lesson::team_size()), "--count");
        lesson.set_size(count_text(count) + " crumbs", count);
        const Cake baked = bake(slices, count);
        Cake cake;
        Counts counts = {};
        std::vector<std::int64_t> lost;  // crumbs, in each run
        const auto serve = [&] {
            cake = baked;
            counts.fill(0);
        };
        const auto run = [&](WorkLog& log) {
            eat(cake, counts.data(), log);
            lost.push_back(count - total(counts));
        };
        WorkLog off;
        lesson.measure([&] { run(off); }, serve);
        serve();
        WorkLog log(slices);
        run(log);
        lesson.add_result(std::as_bytes(std::span(counts)));
        // Once lost is enough, so that it does not take luck to be seen.
        const std::int64_t most = *std::max_element(lost.begin(), lost.end());
        lesson.add_result(std::as_bytes(std::span(&most, 1)));
        print_eaters(log);
        print_crumbs(cake, lost);
    });
}
