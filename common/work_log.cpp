#include "common/work_log.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>
#include <utility>

#include "common/openmp.hpp"
#include "common/output_file.hpp"

WorkLog::WorkLog(std::int64_t items)
    : entries_(static_cast<std::size_t>(items)) {}

WorkLog::WorkLog(std::vector<Entry> entries) : entries_(std::move(entries)) {}

double WorkLog::clock_seconds() {
    const std::chrono::duration<double> time =
        std::chrono::steady_clock::now().time_since_epoch();
    return time.count();
}

void WorkLog::begin(std::int64_t item) {
    Entry& entry = entries_.at(static_cast<std::size_t>(item));
    if (watcher_) watcher_(item);
    entry.thread = omp_get_thread_num();
    entry.start = clock_seconds() - began_;
}

void WorkLog::end(std::int64_t item) {
    entries_[static_cast<std::size_t>(item)].end = clock_seconds() - began_;
}

std::vector<double> WorkLog::busy_seconds(int team_size) const {
    std::vector<double> busy(static_cast<std::size_t>(team_size), 0.0);
    for (const Entry& entry : entries_) {
        if (entry.thread < 0) continue;
        const auto thread = static_cast<std::size_t>(entry.thread);
        if (thread >= busy.size()) busy.resize(thread + 1, 0.0);
        busy[thread] += entry.end - entry.start;
    }
    return busy;
}

double WorkLog::imbalance(int team_size) const {
    const std::vector<double> busy = busy_seconds(team_size);
    const double sum = std::accumulate(busy.begin(), busy.end(), 0.0);
    if (sum <= 0.0) return 0.0;
    const double mean = sum / static_cast<double>(busy.size());
    return *std::max_element(busy.begin(), busy.end()) / mean - 1.0;
}

WorkLog::Period WorkLog::period() const {
    constexpr double never = std::numeric_limits<double>::infinity();
    Period period = {.start = never, .end = -never};
    for (const Entry& entry : entries_) {
        if (entry.thread < 0) continue;
        period.start = std::min(period.start, entry.start);
        period.end = std::max(period.end, entry.end);
    }
    return period.end < period.start ? Period() : period;
}

double WorkLog::makespan() const { return period().end - period().start; }

void WorkLog::write_csv(const char* file) const {
    OutputFile out(file);
    out.write("item,thread,start_s,end_s\n");
    for (std::size_t item = 0; item < entries_.size(); ++item) {
        const Entry& entry = entries_[item];
        out.write(fmt::format("{},{},{:.9f},{:.9f}\n", item, entry.thread,
                              entry.start, entry.end));
    }
    out.commit();
}
