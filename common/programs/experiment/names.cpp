#include "common/programs/experiment/names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/terminal.hpp"

std::string threads_text(int threads) {
    return fmt::format("{} thread{}", threads, threads == 1 ? "" : "s");
}

Names::Names(const Experiment& experiment) {
    for (const Summary& summary : experiment.summaries) {
        const Setting& setting = summary.setting;
        std::string& words = sizes_[setting.size];
        if (words.empty()) words = summary.problem;
        if (setting.version == "serial") continue;
        versions_.insert(setting.version);
        threads_.insert(setting.threads);
    }
}

std::string Names::kind(const Setting& setting) const {
    if (setting.schedule.empty()) return setting.version;
    if (versions_.size() < 2) return setting.schedule;
    return setting.version + ", " + setting.schedule;
}

std::string Names::size(const Setting& setting) const {
    const auto found = sizes_.find(setting.size);
    const bool known = found != sizes_.end() && !found->second.empty();
    return known ? found->second : setting.size;
}

std::string Names::whole(const Setting& setting) const {
    std::string name = kind(setting);
    if (setting.version != "serial" && threads_.size() > 1) {
        name += ", " + threads_text(setting.threads);
    }
    if (sizes_.size() > 1) name += ", " + size(setting);
    return name;
}

std::string Names::shared(const std::vector<Setting>& settings) const {
    const auto same = [&](auto member) {
        return std::all_of(
            settings.begin(), settings.end(), [&](const Setting& setting) {
                return setting.*member == settings.front().*member;
            });
    };
    if (settings.empty()) return {};
    std::vector<std::string> parts;
    if (same(&Setting::threads)) {
        parts.push_back(threads_text(settings.front().threads));
    }
    const std::string size_in_words = size(settings.front());
    if (same(&Setting::size) && !size_in_words.empty()) {
        parts.push_back(size_in_words);
    }
    return parts.empty() ? "" : fmt::format(" ({})", joined(parts, ", "));
}

TimeUnit unit_for(double longest) {
    if (longest >= 1.0) return {.seconds = 1.0, .name = "s"};
    if (longest >= 1e-3) return {.seconds = 1e-3, .name = "ms"};
    return {.seconds = 1e-6, .name = "us"};
}
