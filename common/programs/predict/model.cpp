#include "common/programs/predict/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>
#include <utility>

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Costs, region, fetch, fetch_again, log,
                                   runtime)

namespace fs = std::filesystem;

std::vector<NamedCut> to_cuts(const std::string& schedule) {
    static const std::regex form(
        R"((static|dynamic|guided)(?:,([1-9][0-9]{0,8}))?)");
    std::smatch match;
    if (!std::regex_match(schedule, match, form)) return {};
    const bool has_chunk = match[2].matched;
    const std::int64_t chunk = has_chunk ? std::stoll(match[2]) : 1;
    if (match[1] == "static") {
        return {{schedule, {has_chunk ? Rule::cyclic : Rule::blocks, chunk}}};
    }
    const std::string name = fmt::format("{},{}", match[1].str(), chunk);
    if (match[1] == "dynamic") return {{name, {Rule::dynamic, chunk}}};
    return {{name + " (g++)", {Rule::guided_libgomp, chunk}},
            {name + " (clang++)", {Rule::guided_libomp, chunk}}};
}

std::optional<NamedCut> cut_by(const std::string& runtime,
                               const std::string& schedule, bool is_monotonic) {
    const std::vector<NamedCut> cuts = to_cuts(schedule);
    const bool is_libomp = runtime == "libomp";
    if (cuts.empty() ||
        (is_libomp && !is_monotonic && cuts[0].cut.rule == Rule::dynamic)) {
        return std::nullopt;
    }
    return is_libomp ? cuts.back() : cuts.front();
}

LoopSource read_loop_source(const fs::path& file) {
    static const std::regex loop("#pragma omp parallel for\\b.*");
    static const std::regex clause(R"(.*\bschedule\(([^)]*)\).*)");
    static const std::regex other_work(
        R"(#pragma omp .*\b(task|sections|ordered|single)\b.*)");
    LoopSource source;
    std::ifstream in(file);
    std::string line;
    std::string pragma;
    bool is_first = true;
    for (; std::getline(in, line); is_first = false) {
        source.is_other_loop = source.is_other_loop ||
                               (is_first && (line.starts_with("// Restruct") ||
                                             line.starts_with("// Wrong")));
        std::smatch match;
        if (std::regex_match(line, match, other_work)) {
            source.why_not =
                fmt::format("{} has `{}`: the model knows loops alone",
                            file.filename().string(), match[1].str());
        }
        if (pragma.empty() && std::regex_match(line, loop)) pragma = line;
    }
    if (pragma.empty() && source.why_not.empty()) {
        source.why_not = fmt::format("{} has no `#pragma omp parallel for`",
                                     file.filename().string());
    }
    std::smatch match;
    if (!std::regex_match(pragma, match, clause)) return source;
    std::string text = match[1];
    std::erase(text, ' ');
    const std::size_t colon = text.find(':');
    source.is_monotonic = text.starts_with("monotonic:");
    source.schedule =
        colon == std::string::npos ? text : text.substr(colon + 1);
    return source;
}

std::vector<double> read_lengths(const fs::path& log) {
    std::ifstream in(log);
    std::string line;
    std::getline(in, line);
    const bool has_heading = line == "item,thread,start_s,end_s";
    std::vector<std::pair<double, double>> items;  // start, end
    bool all_done = true;
    while (std::getline(in, line)) {
        // Not by a stream: a log may have a million lines.
        char* at = line.data();
        const auto number = [&] {
            char* end = at;
            const double value = std::strtod(at, &end);
            all_done = all_done && end != at && (*end == ',' || *end == 0);
            at = *end == ',' ? end + 1 : end;
            return value;
        };
        number();  // of the item
        all_done = number() >= 0.0 && all_done;
        const double start = number();
        items.emplace_back(start, number());
        all_done = all_done && *at == 0;
    }
    if (!has_heading || !all_done || items.empty()) {
        throw std::runtime_error(
            fmt::format("{}: is no work log of a whole loop", log.string()));
    }
    std::stable_sort(items.begin(), items.end(),
                     [](auto& a, auto& b) { return a.first < b.first; });
    std::vector<double> lengths;
    for (const auto& [start, end] : items) lengths.push_back(end - start);
    return lengths;
}

std::string json_in(const std::string& output) {
    const std::size_t first = output.find('{');
    const std::size_t last = output.rfind('}');
    if (first == std::string::npos || last == std::string::npos) return output;
    return output.substr(first, last + 1 - first);
}

Costs read_costs(const std::string& text) {
    return nlohmann::json::parse(json_in(text));
}

Loop::Loop(std::vector<double> logged, double log, double seconds)
    : lengths(std::move(logged)) {
    for (double& length : lengths) length = std::max(0.0, length - log);
    const double total = total_of(lengths);
    fit = total > 0.0 ? seconds / total : 0.0;
    for (double& length : lengths) length *= fit;
}

TeamWork share_loop(const Loop& loop, const Cut& cut, int threads,
                    const Costs& costs) {
    return share_loop(loop.lengths, cut, threads,
                      {costs.fetch, costs.fetch_again});
}

Prediction predict(const Loop& loop, const Cut& cut, int threads,
                   const Costs& costs) {
    const TeamWork work = share_loop(loop, cut, threads, costs);
    Prediction prediction;
    prediction.makespan = work.makespan + (threads > 1 ? costs.region : 0.0);
    prediction.imbalance = work.imbalance();
    prediction.requests_wait =
        cut.on_demand() &&
        static_cast<double>(work.chunks.size()) * costs.fetch >
            0.5 * prediction.makespan;
    if (prediction.makespan > 0.0) {
        prediction.speedup = total_of(loop.lengths) / prediction.makespan;
        prediction.efficiency = prediction.speedup / threads;
    }
    return prediction;
}
