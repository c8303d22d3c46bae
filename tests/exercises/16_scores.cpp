#include <algorithm>

#include "lessons/16_scores/scores.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

using Scores = std::vector<Score>;

/// Points below `different`, players in the list's order.
Scores some_scores(std::int64_t count, std::uint32_t different) {
    Scores scores;
    std::uint32_t state = 1;
    for (std::int32_t player = 0; player < count; ++player) {
        state = state * 1'664'525U + 1'013'904'223U;
        scores.push_back(
            {static_cast<std::int32_t>((state >> 8U) % different), player});
    }
    return scores;
}

/// The ten best by going through the whole list ten times.
Scores ten_by_looking(Scores scores) {
    Scores best;
    while (!scores.empty() && best.size() < 10) {
        const auto first = std::max_element(
            scores.begin(), scores.end(),
            [](const Score& a, const Score& b) { return a.points < b.points; });
        best.push_back(*first);
        scores.erase(first);
    }
    return best;
}

void expect_ten(const Scores& scores, std::int64_t part_size, WorkLog& log) {
    const Scores found = top_ten(scores, part_size, log);
    const Scores expected = ten_by_looking(scores);
    const auto message = [&] {
        return testing::Message()
               << "of " << scores.size() << " scores in parts of " << part_size;
    };
    if (found.size() != expected.size()) {
        ADD_FAILURE() << message() << " there are " << expected.size()
                      << " best, not " << found.size();
        return;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i] == expected[i]) continue;
        ADD_FAILURE() << message() << " number " << i + 1 << " is player "
                      << expected[i].player << " with " << expected[i].points
                      << ", not player " << found[i].player << " with "
                      << found[i].points;
        return;
    }
}

}  // namespace

TEST(Correct, TheFiveOfTheGame) {
    for_each_team([] {
        for (const int part_size : {1, 2, 5, 100}) {
            WorkLog log;
            expect_ten({{50, 0}, {123, 1}, {12, 2}, {160, 3}, {130, 4}},
                       part_size, log);
        }
    });
}

TEST(Correct, ListsOfEveryLength) {
    for_each_team([] {
        for (const int count : {0, 1, 9, 10, 11, 20, 99, 1000}) {
            for (const int part_size : {1, 3, 10, 64, 2000}) {
                WorkLog log;
                expect_ten(some_scores(count, 1'000'000), part_size, log);
            }
        }
    });
}

TEST(Correct, OfEqualScoresTheFirstAreTheBest) {
    for_each_team([] {
        for (const int part_size : {1, 7, 100}) {
            WorkLog log;
            expect_ten(some_scores(300, 1), part_size, log);
            expect_ten(some_scores(300, 4), part_size, log);
        }
    });
}

TEST(Parallel, TheTeamSharesTheParts) {
    const Scores scores = some_scores(1'990, 1000);
    constexpr int part_size = 100;
    expect_shared_items(
        20, [&](WorkLog& log) { expect_ten(scores, part_size, log); });
}

TEST(RaceFree, OnASmallList) {
    const Scores scores = some_scores(1'990, 50);
    repeat_for_race_detector([&] {
        WorkLog log(20);
        top_ten(scores, 100, log);
    });
}

TEST(Fast, OnALongList) {
    // Rising, so that every score is among the ten best for a while.
    Scores scores = some_scores(300'000, 1);
    for (Score& score : scores) score.points = score.player;
    std::size_t sum = 0;
    WorkLog log;
    const auto ten_of = [](std::span<const Score> part) {
        Scores best;
        for (const Score& score : part) {
            if (best.size() == 10 && !higher(score, best.back())) continue;
            best.insert(
                std::upper_bound(best.begin(), best.end(), score, higher),
                score);
            if (best.size() > 10) best.pop_back();
        }
        return best;
    };
    measure_speedup(
        Limit::computing, [&] { sum += ten_of(scores).size(); },
        [&] { sum += top_ten(scores, 10'000, log).size(); });
    EXPECT_GT(sum, 0U);  // looked at, so that it is computed
}
