// Cakes for tests of lesson 14.

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "lessons/14_cake/cake.hpp"
#include "tests/support/teams.hpp"

using Counts = std::vector<std::int64_t>;

/// A cake with crumbs of sizes 1, 2 .. `sizes`, 1, 2 ..
inline Cake striped_cake(std::int64_t slices, std::size_t crumbs,
                         std::size_t sizes) {
    Cake cake = {.slices = slices, .crumbs = {}};
    for (std::size_t i = 0; i < crumbs; ++i) {
        cake.crumbs.push_back(static_cast<std::uint8_t>(1 + i % sizes));
    }
    return cake;
}

/// Of its crumbs, size 1 has as many as any other, or one more, and so on.
inline Counts counts_of_striped_cake(std::size_t crumbs, std::size_t sizes) {
    Counts counts(crumb_sizes, 0);
    for (std::size_t size = 1; size <= sizes; ++size) {
        const bool one_more = size <= crumbs % sizes;
        counts[size] =
            static_cast<std::int64_t>(crumbs / sizes + (one_more ? 1 : 0));
    }
    return counts;
}

/// Has teams of every size eat cakes of several sizes; `expect` sees each as it
/// was, as it is, and what was counted.
inline void eat_cakes(const std::function<void(const Cake&, const Cake&,
                                               const Counts&)>& expect) {
    for_each_team([&] {
        for (const std::int64_t slices : {1, 2, 3, 4, 9}) {
            for (const std::size_t crumbs : {0, 1, 2, 7, 1000, 10'007}) {
                SCOPED_TRACE(testing::Message()
                             << slices << " slices, " << crumbs << " crumbs");
                const Cake before = striped_cake(slices, crumbs, 5);
                Cake after = before;
                Counts counts(crumb_sizes, 0);
                WorkLog log(slices);
                eat(after, counts.data(), log);
                expect(before, after, counts);
                for (const WorkLog::Entry& entry : log.entries()) {
                    EXPECT_GE(entry.thread, 0);
                }
            }
        }
    });
}

/// Whether every crumb is eaten.
inline bool is_eaten(const Cake& cake) {
    return std::all_of(cake.crumbs.begin(), cake.crumbs.end(),
                       [](std::uint8_t crumb) { return crumb == eaten; });
}
