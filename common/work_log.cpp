#include "common/work_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "common/openmp.hpp"
#include "common/output_file.hpp"

WorkLog::WorkLog(std::int64_t items)
    : entries_(static_cast<std::size_t>(items)) {}

WorkLog::WorkLog(std::vector<Entry> entries) : entries_(std::move(entries)) {}

double WorkLog::now() const {
    const std::chrono::duration<double> passed = Clock::now() - began_;
    return passed.count();
}

void WorkLog::begin(std::int64_t item) {
    Entry& entry = entries_.at(static_cast<std::size_t>(item));
    if (watcher_) watcher_(item);
    entry.thread = omp_get_thread_num();
    entry.start = now();
}

void WorkLog::end(std::int64_t item) {
    entries_[static_cast<std::size_t>(item)].end = now();
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

namespace {

/// When the first item started and the last one ended, in seconds.
struct Period {
    double start = 0.0;
    double end = 0.0;
};

Period period_of(std::span<const WorkLog::Entry> entries) {
    constexpr double never = std::numeric_limits<double>::infinity();
    Period period = {.start = never, .end = -never};
    for (const WorkLog::Entry& entry : entries) {
        if (entry.thread < 0) continue;
        period.start = std::min(period.start, entry.start);
        period.end = std::max(period.end, entry.end);
    }
    return period.end < period.start ? Period() : period;
}

}  // namespace

double WorkLog::makespan() const {
    const Period period = period_of(entries_);
    return period.end - period.start;
}

void WorkLog::write_csv(const std::filesystem::path& file) const {
    OutputFile out(file);
    out.write("item,thread,start_s,end_s\n");
    for (std::size_t item = 0; item < entries_.size(); ++item) {
        const Entry& entry = entries_[item];
        out.write(fmt::format("{},{},{:.9f},{:.9f}\n", item, entry.thread,
                              entry.start, entry.end));
    }
    out.commit();
}

std::string timeline_text(const WorkLog& log, int team_size,
                          const std::string& marks, int columns) {
    const Period period = period_of(log.entries());
    const double column_seconds = (period.end - period.start) / columns;
    if (column_seconds <= 0.0) return "";
    std::vector<std::string> lines(
        log.busy_seconds(team_size).size(),
        std::string(static_cast<std::size_t>(columns), '.'));
    for (std::size_t item = 0; item < log.entries().size(); ++item) {
        const WorkLog::Entry& entry = log.entries()[item];
        if (entry.thread < 0) continue;
        const char mark = item < marks.size()
                              ? marks[item]
                              : static_cast<char>('0' + item % 10);
        std::string& line = lines[static_cast<std::size_t>(entry.thread)];
        for (std::size_t column = 0; column < line.size(); ++column) {
            const double middle =
                period.start +
                (static_cast<double>(column) + 0.5) * column_seconds;
            if (entry.start <= middle && middle < entry.end) {
                line[column] = mark;
            }
        }
    }
    std::string text;
    for (std::size_t thread = 0; thread < lines.size(); ++thread) {
        text += fmt::format("{:<9} |{}|\n", fmt::format("thread {}", thread),
                            lines[thread]);
    }
    return text;
}

Pixel thread_colour(int thread) {
    constexpr std::array<Pixel, 8> colours = {{{230, 159, 0},
                                               {86, 180, 233},
                                               {0, 158, 115},
                                               {240, 228, 66},
                                               {0, 114, 178},
                                               {213, 94, 0},
                                               {204, 121, 167},
                                               {120, 120, 120}}};
    return colours.at(static_cast<std::size_t>(thread) % colours.size());
}

Image thread_map(const Image& image, const WorkLog& log) {
    if (log.entries().size() < static_cast<std::size_t>(image.height())) {
        throw std::invalid_argument("thread_map: a row is not in the log");
    }
    Image map = image;
    // Three parts of the thread's colour to one of the picture's brightness.
    const auto tint = [](std::uint8_t colour, int brightness) {
        return static_cast<std::uint8_t>((3 * colour + brightness) / 4);
    };
    for (int y = 0; y < map.height(); ++y) {
        const int thread = log.entries()[static_cast<std::size_t>(y)].thread;
        if (thread < 0) continue;  // nobody did this row: it stays as it is
        const Pixel colour = thread_colour(thread);
        for (Pixel& pixel : map.row(y)) {
            const int brightness = (pixel.red + pixel.green + pixel.blue) / 3;
            pixel = {tint(colour.red, brightness),
                     tint(colour.green, brightness),
                     tint(colour.blue, brightness)};
        }
    }
    return map;
}
