#include "common/programs/experiment/plan.hpp"

namespace {

/// The values, or one empty value where there are none: "as the lesson does".
std::vector<std::string> or_default(const std::vector<std::string>& values) {
    return values.empty() ? std::vector<std::string>{""} : values;
}

}  // namespace

std::vector<Setting> Plan::serial_settings() const {
    std::vector<Setting> settings;
    for (const std::string& size : or_default(sizes)) {
        settings.push_back({"serial", 1, "", size});
    }
    return settings;
}

std::vector<Setting> Plan::parallel_settings() const {
    std::vector<Setting> settings;
    for (const std::string& size : or_default(sizes)) {
        for (const std::string& version : versions) {
            for (const std::string& schedule : or_default(schedules)) {
                for (const int number : threads) {
                    settings.push_back({version, number, schedule, size});
                }
            }
        }
    }
    return settings;
}

std::vector<Setting> Plan::settings() const {
    std::vector<Setting> settings = serial_settings();
    for (const Setting& setting : parallel_settings()) {
        settings.push_back(setting);
    }
    return settings;
}

int Plan::runs() const { return static_cast<int>(settings().size()) * repeats; }
