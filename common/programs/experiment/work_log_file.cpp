#include "common/programs/experiment/work_log_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include "common/output_file.hpp"
#include "common/programs/experiment/figures.hpp"

namespace {

/// Takes a number and the comma behind it, if any, from the line.
/// @returns whether there was a number.
template <typename Number>
bool take(std::string_view& line, Number& number) {
    const char* end = line.data() + line.size();
    const auto [rest, error] = std::from_chars(line.data(), end, number);
    if (error != std::errc() || (rest != end && *rest != ',')) return false;
    line = std::string_view(rest, static_cast<std::size_t>(end - rest));
    if (!line.empty()) line.remove_prefix(1);
    return true;
}

bool parse(std::string_view line, LoggedItem& item) {
    return take(line, item.item) && take(line, item.thread) &&
           take(line, item.start) && take(line, item.end) && line.empty();
}

}  // namespace

std::vector<LoggedItem> read_work_log(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line) || line != "item,thread,start_s,end_s") {
        throw std::runtime_error(file.string() + ": is no work log");
    }
    std::vector<LoggedItem> items;
    for (int number = 2; std::getline(in, line); ++number) {
        LoggedItem item;
        if (!parse(line, item)) {
            throw std::runtime_error(fmt::format(
                "{}: line {} is none of a work log", file.string(), number));
        }
        if (item.thread >= 0) items.push_back(item);
    }
    return items;
}

void write_trace(const LoggedRun& run, const std::filesystem::path& file) {
    const std::vector<LoggedItem> items = read_work_log(run.log);
    int threads = run.setting.threads;
    for (const LoggedItem& item : items) {
        threads = std::max(threads, item.thread + 1);
    }
    OutputFile out(file);
    out.write(R"({"displayTimeUnit": "ms", "traceEvents": [)");
    const nlohmann::json name =
        fmt::format("{} {} {}", run.setting.version, run.setting.schedule,
                    run.setting.size);
    out.write(fmt::format(
        R"({{"ph": "M", "pid": 1, "name": "process_name", "args": {{"name": {}}}}})",
        name.dump()));
    for (int thread = 0; thread < threads; ++thread) {
        out.write(fmt::format(
            ",\n"
            R"({{"ph": "M", "pid": 1, "tid": {0}, "name": "thread_name", )"
            R"("args": {{"name": "thread {0}"}}}})",
            thread));
    }
    constexpr double microseconds = 1e6;
    for (const LoggedItem& item : items) {
        out.write(fmt::format(
            ",\n"
            R"({{"ph": "X", "pid": 1, "tid": {}, "name": "item {}", )"
            R"("ts": {:.3f}, "dur": {:.3f}}})",
            item.thread, item.item, microseconds * item.start,
            microseconds * (item.end - item.start)));
    }
    out.write("\n]}\n");
    out.commit();
}
