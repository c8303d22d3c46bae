#include "tests/grade/threads.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <sstream>
#include <vector>

#include "common/thread_map.hpp"
#include "common/work_log.hpp"

std::string threads_text(const std::string& record) {
    constexpr int largest_team = 4;
    constexpr std::int64_t hour = 3'600'000'000;  // in microseconds
    constexpr double second = 1e6;
    std::istringstream in(record);
    int team = 0;
    in >> team;
    if (!in || team < 1 || team > largest_team) return {};
    std::vector<WorkLog::Entry> entries;
    std::string marks;
    std::int64_t item = 0;
    int thread = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    while (in >> item >> thread >> start >> end) {
        const bool is_possible = item >= 0 && thread >= 0 && thread < team &&
                                 start >= 0 && start <= end && end < hour;
        if (!is_possible) return {};
        entries.push_back({.thread = thread,
                           .start = static_cast<double>(start) / second,
                           .end = static_cast<double>(end) / second});
        marks += static_cast<char>('0' + item % 10);
    }
    if (!in.eof()) return {};
    const std::string lines =
        timeline_text(WorkLog(std::move(entries)), team, marks);
    if (lines.empty()) return {};
    return fmt::format(
        "Who does which item (its last digit), in a team of {}, if each takes "
        "a moment:\n{}",
        team, lines);
}
