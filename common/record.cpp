#include "common/record.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "common/statistics.hpp"

namespace {

/// Calls act(name, member) for each member that a line of JSON holds, but the
/// tolerance and the imbalance, which may be missing.
template <typename AnyRecord, typename Act>
void for_each_member(AnyRecord& record, const Act& act) {
    act("lesson", record.lesson);
    act("version", record.version);
    act("threads", record.threads);
    act("threads_asked", record.threads_asked);
    act("schedule", record.schedule);
    act("size", record.size);
    act("items", record.items);
    act("bytes_moved", record.bytes_moved);
    act("seconds", record.seconds);
    act("calls_per_run", record.calls_per_run);
    act("read_seconds", record.read_seconds);
    act("write_seconds", record.write_seconds);
    act("result", record.result);
}

}  // namespace

bool Record::judgeable() const {
    return calls_per_run > 1 ||
           (!seconds.empty() && median(seconds) >= shortest_timed_run);
}

void append_record(const Record& record, const std::filesystem::path& file) {
    nlohmann::ordered_json json;
    for_each_member(record, [&json](const char* name, const auto& member) {
        json[name] = member;
    });
    if (record.tolerance > 0.0) json["tolerance"] = record.tolerance;
    if (record.imbalance) json["imbalance"] = *record.imbalance;
    const std::string line = json.dump() + "\n";

    const int out =
        open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    const bool written = out >= 0 && write(out, line.data(), line.size()) ==
                                         static_cast<ssize_t>(line.size());
    const int reason = errno;
    if (out >= 0) close(out);
    if (!written) {
        throw std::runtime_error(
            fmt::format("{}: cannot be written: {}: name another --record",
                        file.string(), std::strerror(reason)));
    }
}

Record read_last_record(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string last;
    for (std::string line; std::getline(in, line);) last = line;
    const auto json = nlohmann::json::parse(last, nullptr, false);
    if (!json.is_object()) {
        throw std::runtime_error(file.string() + ": has no record");
    }
    Record record;
    for_each_member(record, [&json](const char* name, auto& member) {
        json.at(name).get_to(member);
    });
    record.tolerance = json.value("tolerance", 0.0);
    if (json.contains("imbalance")) record.imbalance = json["imbalance"];
    return record;
}
