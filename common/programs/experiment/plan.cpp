#include "common/programs/experiment/plan.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "common/programs/experiment/sweep.hpp"
#include "common/programs/lesson_programs.hpp"

namespace {

using Words = std::vector<std::string>;

/// The values, or one empty value where there are none: "as the lesson does".
Words or_default(const Words& values) {
    return values.empty() ? Words{""} : values;
}

}  // namespace

void Plan::complete(int processors) {
    const std::vector<LessonPrograms> all = find_lessons(lessons);
    const LessonPrograms& found = find_lesson(all, lesson);
    lesson = found.lesson;
    programs = lessons / lesson;
    for (const std::filesystem::path& program : found.versions) {
        const std::string version = program.filename();
        // racy is wrong on purpose: its time says nothing.
        if (version != "serial" && version != "racy") {
            versions.push_back(version);
        }
    }
    const Words known = read_options(output_of(
        {.program = programs / "serial", .arguments = {"--describe"}}));
    const auto has = [&](const std::string& option) {
        return std::find(known.begin(), known.end(), option) != known.end();
    };
    for (const auto& [option, given] :
         {std::pair("--schedule", !schedules.empty()),
          std::pair("--width", !widths.empty()),
          std::pair("--count", !counts.empty())}) {
        if (!given || has(option)) continue;
        throw std::invalid_argument(
            fmt::format("{}: lesson {} has no such option: leave it out, or "
                        "choose another lesson",
                        option, lesson));
    }
    if (schedules.empty() && has("--schedule")) {
        schedules = {"static", "static,1", "dynamic", "guided"};
    }
    if (threads.empty()) {
        threads.push_back(processors);
        for (int n = 1; n < processors; n *= 2) threads.push_back(n);
    }
    for (std::vector<int>* numbers : {&threads, &widths, &counts}) {
        const std::set<int> sorted(numbers->begin(), numbers->end());
        numbers->assign(sorted.begin(), sorted.end());
    }
    writes_pictures = has("--output");
    keeps_log = has("--log");
    gives_item_times = has("--item-times");
}

std::vector<Setting> Plan::settings() const {
    Words sizes;
    for (const int size : widths.empty() ? counts : widths) {
        sizes.push_back(std::to_string(size));
    }
    sizes = or_default(sizes);
    std::vector<Setting> settings;
    for (const std::string& size : sizes) {
        settings.push_back({"serial", 1, "", size});
    }
    for (const std::string& size : sizes) {
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

std::string Plan::size_option() const {
    return !widths.empty() ? "--width" : !counts.empty() ? "--count" : "";
}

Command Plan::command(const std::filesystem::path& program,
                      const Words& arguments, int threads) const {
    constexpr double to_clean_up = 5.0;
    // A program's --threads does not reach its target regions, on the host
    // either: they begin with what the environment says.
    Command command = {
        .program = program,
        .arguments = arguments,
        .environment = {{"OMP_PROC_BIND", bind},
                        {"OMP_NUM_THREADS", std::to_string(threads)}},
        .timeout = timeout};
    if (!wait_policy.empty()) {
        command.environment.emplace_back("OMP_WAIT_POLICY", wait_policy);
    }
    if (launcher.empty()) return command;
    std::string words = launcher;
    const std::string place = "{threads}";
    for (std::size_t at = 0; (at = words.find(place)) != std::string::npos;) {
        words.replace(at, place.size(), std::to_string(threads));
    }
    // Not every launcher hands the environment on.
    Words all = {"-c", "exec " + words + " \"$@\"", "sh", "env"};
    for (const auto& [name, value] : command.environment) {
        all.push_back(name + "=" + value);
    }
    all.push_back(std::filesystem::absolute(program));
    all.insert(all.end(), arguments.begin(), arguments.end());
    command.program = "sh";
    command.arguments = all;
    command.environment.clear();
    command.grace = to_clean_up;
    return command;
}

Command Plan::first_control() const {
    const int largest =
        threads.empty() ? 1 : *std::max_element(threads.begin(), threads.end());
    return command(control, {"1", "1000", "1"}, largest);
}

int Plan::runs() const { return static_cast<int>(settings().size()) * repeats; }
