#include "common/programs/experiment/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

using Json = nlohmann::json;

namespace nlohmann {

template <>
struct adl_serializer<Known> {
    static void to_json(Json& json, const Known& number) {
        json = number ? Json(*number) : Json();
    }
    static void from_json(const Json& json, Known& number) {
        number = json.is_null() ? Known() : Known(json.get<double>());
    }
};

}  // namespace nlohmann

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Control, machine, processors, speedup,
                                   copy_bandwidth, pass_bandwidth)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Setting, version, threads, schedule, size)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Summary, setting, problem, rounds,
                                   quiet_runs, runs, error, wrong, too_short,
                                   oversubscribed, judged, median, quartile1,
                                   quartile3, spread, best, read_seconds,
                                   write_seconds, speedup, efficiency, scaling,
                                   serial_fraction, imbalance, control_speedup,
                                   bandwidth, copy_bandwidth, pass_bandwidth)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Experiment, lesson, command, machine,
                                   started, processors, repeats, planned_runs,
                                   interrupted, size_option, summaries,
                                   headline, findings, notes)

Control read_control(const std::string& text) { return Json::parse(text); }

std::vector<std::string> read_options(const std::string& description) {
    return Json::parse(description).at("options");
}

std::string to_json(const Experiment& experiment) {
    Json json = experiment;
    json["runs"] = experiment.runs.size();
    json["failed_runs"] =
        std::count_if(experiment.runs.begin(), experiment.runs.end(),
                      [](const Run& run) { return !run.ok(); });
    // What a failed program printed need not be UTF-8.
    return json.dump(4, ' ', false, Json::error_handler_t::replace) + "\n";
}
