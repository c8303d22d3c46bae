// The model of a team at a loop: the table of the schedule lab, cases by hand,
// and what has to hold of all loops.

#include "common/makespan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "tests/support/files.hpp"

namespace {

using Json = nlohmann::json;
using Lengths = std::vector<double>;

/// The rules, as the table and the schedule lab name them.
const std::map<std::string, Rule> rules = {{"blocks", Rule::blocks},
                                           {"static", Rule::cyclic},
                                           {"dynamic", Rule::dynamic},
                                           {"libgomp", Rule::guided_libgomp},
                                           {"libomp", Rule::guided_libomp}};

Json cases(const std::string& part) {
    return Json::parse(read_text(WORKBOOK_SOURCE "/tests/book/schedules.json"))
        .at(part);
}

Cut cut_of(const Json& one) {
    return {.rule = rules.at(one.at("rule")), .chunk = one.at("chunk")};
}

std::vector<std::int64_t> sizes_of(const TeamWork& work) {
    std::vector<std::int64_t> sizes;
    for (const Chunk& chunk : work.chunks) sizes.push_back(chunk.size);
    return sizes;
}

/// The thread of each iteration.
std::vector<int> owners_of(const TeamWork& work) {
    std::vector<int> owners;
    for (const Chunk& chunk : work.chunks) {
        owners.insert(owners.end(), static_cast<std::size_t>(chunk.size),
                      chunk.thread);
    }
    return owners;
}

constexpr double rounding = 1e-9;

/// Checks what holds of every loop on every team.
void expect_sound(const Lengths& lengths, const Cut& cut, int threads,
                  double fetch) {
    const TeamWork work = share_loop(lengths, cut, threads, {fetch, fetch});
    Lengths free_at(static_cast<std::size_t>(threads), 0.0);
    std::int64_t next = 0;
    double longest_chunk = 0.0;
    for (const Chunk& chunk : work.chunks) {
        ASSERT_EQ(chunk.first, next);
        ASSERT_GE(chunk.size, 1);
        double& free = free_at.at(static_cast<std::size_t>(chunk.thread));
        ASSERT_GE(chunk.start, free);  // a thread does one chunk at a time
        free = chunk.end;
        next += chunk.size;
        longest_chunk =
            std::max(longest_chunk, chunk.end - chunk.start + fetch);
    }
    EXPECT_EQ(next, std::ssize(lengths));
    const double total = total_of(lengths);
    EXPECT_NEAR(total_of(work.busy), total, rounding);
    EXPECT_GE(work.makespan, lower_bound(lengths, threads) - rounding);
    EXPECT_GE(work.imbalance(), -rounding);
    if (!cut.on_demand()) return;
    // Graham's bound for a list of chunks; with the fetches as work.
    const double all = total + fetch * static_cast<double>(work.chunks.size());
    EXPECT_LE(work.makespan,
              all / threads + longest_chunk * (1.0 - 1.0 / threads) + rounding);
}

}  // namespace

TEST(MakespanModelTest, ChunksHaveTheSizesOfTheTable) {
    int compared = 0;
    for (const Json& one : cases("sizes")) {
        const Lengths lengths(one.at("count").get<std::size_t>(), 1.0);
        EXPECT_EQ(sizes_of(share_loop(lengths, cut_of(one), one.at("threads"))),
                  one.at("sizes").get<std::vector<std::int64_t>>())
            << one;
        ++compared;
    }
    EXPECT_GE(compared, 10);
}

TEST(MakespanModelTest, LoopsAreSharedAsInTheTable) {
    int compared = 0;
    for (const Json& one : cases("loops")) {
        SCOPED_TRACE(one.dump());
        const Lengths lengths = one.at("lengths");
        const double fetch = one.at("fetch");
        const TeamWork work =
            share_loop(lengths, cut_of(one), one.at("threads"), {fetch, fetch});
        EXPECT_EQ(owners_of(work), one.at("owners").get<std::vector<int>>());
        EXPECT_DOUBLE_EQ(work.makespan, one.at("makespan"));
        EXPECT_NEAR(work.imbalance(), one.at("imbalance"), rounding);
        if (work.makespan > 0.0) {
            EXPECT_DOUBLE_EQ(total_of(lengths) / work.makespan,
                             one.at("speedup"));
        }
        ++compared;
    }
    EXPECT_GE(compared, 13);
}

TEST(MakespanModelTest, ToGetAChunkAfterAnotherThreadTakesLonger) {
    const Lengths lengths = {1.0, 10.0, 1.0, 1.0, 1.0};
    const TeamWork work = share_loop(lengths, {Rule::dynamic, 1}, 2,
                                     {.moved = 0.5, .again = 0.25});
    EXPECT_EQ(owners_of(work), (std::vector<int>{0, 1, 0, 0, 0}));
    EXPECT_EQ(work.chunks[0].start, 0.5);
    EXPECT_EQ(work.chunks[1].start, 0.5);
    EXPECT_EQ(work.chunks[2].start, 2.0);   // 0.5 + 1 + 0.5
    EXPECT_EQ(work.chunks[3].start, 3.25);  // 2 + 1 + 0.25
    EXPECT_EQ(work.chunks[4].start, 4.5);
    EXPECT_EQ(work.makespan, 10.5);
}

TEST(MakespanModelTest, AFetchIsPaidForEachChunkOnDemand) {
    const Lengths lengths(6, 2.0);
    const auto makespan = [&](Rule rule, int threads) {
        return share_loop(lengths, {rule, 2}, threads, {0.25, 0.25}).makespan;
    };
    EXPECT_DOUBLE_EQ(makespan(Rule::cyclic, 1), 12.0);
    EXPECT_DOUBLE_EQ(makespan(Rule::dynamic, 1), 12.75);  // 3 chunks
    EXPECT_DOUBLE_EQ(makespan(Rule::dynamic, 3), 4.25);
    EXPECT_DOUBLE_EQ(makespan(Rule::dynamic, 2), 8.5);
}

TEST(MakespanModelTest, EqualIterationsDealtInTurnTakeWhatTheMostHave) {
    for (int threads = 1; threads <= 9; ++threads) {
        for (std::size_t count = 0; count <= 40; ++count) {
            const Lengths lengths(count, 0.5);
            const double most = std::ceil(static_cast<double>(count) / threads);
            EXPECT_EQ(share_loop(lengths, {Rule::cyclic, 1}, threads).makespan,
                      0.5 * most)
                << count << " on " << threads;
        }
    }
}

TEST(MakespanModelTest, NoWorkIsLostAndNoBoundIsBroken) {
    std::mt19937 random(18);
    for (int round = 0; round < 300; ++round) {
        Lengths lengths(random() % 80);
        for (double& length : lengths) {
            length = static_cast<double>(random() % 1000) / 64.0;
        }
        const int threads = 1 + static_cast<int>(random() % 9);
        const std::int64_t chunk = 1 + random() % 5;
        const double fetch = static_cast<double>(random() % 3) / 8.0;
        for (const auto& [name, rule] : rules) {
            SCOPED_TRACE(name);
            expect_sound(lengths, {rule, chunk}, threads, fetch);
        }
        // List scheduling of single iterations.
        EXPECT_LE(share_loop(lengths, {Rule::dynamic, 1}, threads).makespan,
                  total_of(lengths) / threads +
                      longest_of(lengths) * (1.0 - 1.0 / threads) + rounding);
    }
}

TEST(MakespanModelTest, ManyThreadsAndIterationsTakeNoLongTime) {
    const Lengths lengths(200'000, 1.0);
    EXPECT_EQ(share_loop(lengths, {Rule::dynamic, 1}, 1000).makespan, 200.0);
}
