// Describes the machine and tries the race detector: `make doctor`.

#include <fmt/core.h>

#include <exception>
#include <nlohmann/json.hpp>
#include <string_view>

#include "common/machine.hpp"
#include "common/programs/race_detector.hpp"

namespace {

constexpr const char* help =
    "Usage: doctor [--json]\n"
    "Is OpenMP on, how many processors are there, which runtime, and does the\n"
    "race detector work?\n\n"
    "  --json   print it as one JSON object, for programs\n";

std::string json_text(const Machine& machine, const std::string& note,
                      const DetectorCheck& detector) {
    nlohmann::ordered_json json = {
        {"workbook", WORKBOOK_VERSION},
        {"host", machine.host},
        {"processor", machine.processor},
        {"processors_online", machine.processors_online},
        {"processors_usable", machine.processors_usable},
        {"memory_available", machine.memory_available},
        {"compiler", machine.compiler},
        {"openmp_version", machine.openmp_version},
        {"runtime", machine.runtime},
        {"team_size", machine.team_size},
        {"team_note", note},
        {"binding", machine.binding},
        {"wait_policy", machine.wait_policy},
        {"race_detector_works", detector.works},
        {"race_detector", detector.message},
    };
    if (machine.quota) json["quota"] = *machine.quota;
    return json.dump(4);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view option = argc == 2 ? argv[1] : "";
    if (option == "--help" || option == "-h") {
        fmt::print("{}", help);
        return 0;
    }
    const bool as_json = option == "--json";
    if (argc > 1 && !as_json) {
        fmt::print(stderr, "doctor: it takes only --json: see --help\n");
        return 2;
    }
    try {
        const std::string note = settle_team(0).note;
        const Machine machine = describe_machine();
        const DetectorCheck detector = check_race_detector();
        if (as_json) {
            fmt::print("{}\n", json_text(machine, note, detector));
            return 0;
        }
        fmt::print("{}", machine_text(machine));
        if (!note.empty()) fmt::print("  {:<14}{}\n", "note", note);
        fmt::print("  {:<14}{}: {}\n", "race detector",
                   detector.works ? "works" : "DOES NOT WORK",
                   detector.message);
        fmt::print("  {:<14}{}\n", "workbook", WORKBOOK_VERSION);
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "doctor: {}\n", error.what());
        return 1;
    }
}
