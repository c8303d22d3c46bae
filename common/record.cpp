#include "common/record.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "common/statistics.hpp"

// The imbalance is written where there is one only, and the machine where it is
// known.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Record, lesson, version, threads,
                                   threads_asked, schedule, size, items,
                                   bytes_moved, seconds, calls_per_run,
                                   read_seconds, write_seconds, result,
                                   tolerance)

bool Record::judgeable() const {
    return calls_per_run > 1 ||
           (!seconds.empty() && median(seconds) >= shortest_timed_run);
}

void append_record(const Record& record, const std::filesystem::path& file) {
    nlohmann::json json = record;
    if (record.imbalance) json["imbalance"] = *record.imbalance;
    if (!record.host.empty()) {
        json["host"] = record.host;
        json["machine"] = record.machine;
    }
    const std::string line = json.dump() + "\n";

    std::signal(SIGXFSZ, SIG_IGN);  // a file too large is an error as others
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
    auto record = json.get<Record>();
    if (json.contains("imbalance")) record.imbalance = json["imbalance"];
    record.host = json.value("host", "");
    record.machine = json.value("machine", "");
    return record;
}
