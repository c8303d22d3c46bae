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

bool Record::judgeable() const {
    return calls_per_run > 1 ||
           (!seconds.empty() && median(seconds) >= shortest_timed_run);
}

void append_record(const Record& record, const std::filesystem::path& file) {
    nlohmann::ordered_json json = {
        {"lesson", record.lesson},
        {"version", record.version},
        {"threads", record.threads},
        {"threads_asked", record.threads_asked},
        {"schedule", record.schedule},
        {"size", record.size},
        {"items", record.items},
        {"bytes_moved", record.bytes_moved},
        {"seconds", record.seconds},
        {"calls_per_run", record.calls_per_run},
        {"read_seconds", record.read_seconds},
        {"write_seconds", record.write_seconds},
        {"result", record.result},
    };
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
    record.lesson = json.at("lesson");
    record.version = json.at("version");
    record.threads = json.at("threads");
    record.threads_asked = json.at("threads_asked");
    record.schedule = json.at("schedule");
    record.size = json.at("size");
    record.items = json.at("items");
    record.bytes_moved = json.at("bytes_moved");
    record.seconds = json.at("seconds").get<std::vector<double>>();
    record.calls_per_run = json.at("calls_per_run");
    record.read_seconds = json.at("read_seconds");
    record.write_seconds = json.at("write_seconds");
    record.result = json.at("result");
    record.tolerance = json.value("tolerance", 0.0);
    if (json.contains("imbalance")) record.imbalance = json["imbalance"];
    return record;
}
