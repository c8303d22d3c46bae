#include "tests/grade/threads.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <sstream>
#include <vector>

#include "common/png.hpp"
#include "common/thread_map.hpp"
#include "common/work_log.hpp"

namespace fs = std::filesystem;

namespace {

/// What Watch::record() has written: item i began as entries[n], items[n] == i.
struct ThreadsRecord {
    int team = 0;
    int columns = 0;  ///< of the picture that the items are parts of; 0: none
    std::vector<std::int64_t> items = {};
    std::vector<WorkLog::Entry> entries = {};
};

std::optional<ThreadsRecord> read_record(const std::string& text) {
    constexpr int largest_team = 4;
    constexpr int most_columns = 64;
    constexpr std::int64_t hour = 3'600'000'000;  // in microseconds
    constexpr double second = 1e6;
    std::istringstream in(text);
    ThreadsRecord record;
    in >> record.team >> record.columns;
    if (!in || record.team < 1 || record.team > largest_team ||
        record.columns < 0 || record.columns > most_columns) {
        return std::nullopt;
    }
    std::int64_t item = 0;
    int thread = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    while (in >> item >> thread >> start >> end) {
        const bool is_possible = item >= 0 && thread >= 0 &&
                                 thread < record.team && start >= 0 &&
                                 start <= end && end < hour;
        if (!is_possible) return std::nullopt;
        record.items.push_back(item);
        record.entries.push_back({.thread = thread,
                                  .start = static_cast<double>(start) / second,
                                  .end = static_cast<double>(end) / second});
    }
    if (!in.eof() || record.items.empty()) return std::nullopt;
    return record;
}

}  // namespace

std::string threads_text(const std::string& record) {
    const auto read = read_record(record);
    if (!read) return {};
    std::string marks;
    for (const std::int64_t item : read->items) {
        marks += static_cast<char>('0' + item % 10);
    }
    const std::string lines =
        timeline_text(WorkLog(read->entries), read->team, marks);
    if (lines.empty()) return {};
    return fmt::format(
        "Who does which item (its last digit), in a team of {}, if each takes "
        "a moment:\n{}",
        read->team, lines);
}

Image threads_picture(const std::string& record) {
    constexpr int side = 256;            // about so large, in pixels
    constexpr std::int64_t most = 4096;  // parts
    const auto read = read_record(record);
    if (!read || read->columns == 0) return {};
    const std::int64_t last =
        *std::max_element(read->items.begin(), read->items.end());
    if (last >= most) return {};
    const int rows = static_cast<int>(last / read->columns) + 1;
    const int part_width = side / read->columns;
    const int part_height = std::max(1, side / rows);
    Image picture(part_width * read->columns, part_height * rows);
    for (std::size_t n = 0; n < read->items.size(); ++n) {
        const auto part = static_cast<int>(read->items[n]);
        const Pixel colour = thread_colour(read->entries[n].thread);
        const int top = part / read->columns * part_height;
        const int left = part % read->columns * part_width;
        for (int y = top; y < top + part_height; ++y) {
            const std::span<Pixel> row =
                picture.row(y).subspan(static_cast<std::size_t>(left),
                                       static_cast<std::size_t>(part_width));
            std::fill(row.begin(), row.end(), colour);
        }
    }
    return picture;
}

bool write_threads_picture(const std::string& record, const fs::path& file) {
    const Image picture = threads_picture(record);
    const fs::path folder = file.parent_path();
    if (picture.height() == 0 || fs::is_symlink(folder) ||
        fs::is_symlink(folder.parent_path())) {
        return false;
    }
    fs::create_directories(folder);
    if (fs::is_symlink(file)) fs::remove(file);  // the link itself
    write_png(picture, file);
    return true;
}
