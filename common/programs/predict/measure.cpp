#include "common/programs/predict/measure.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "common/programs/experiment/sweep.hpp"
#include "common/programs/lesson_programs.hpp"
#include "common/programs/process.hpp"
#include "common/statistics.hpp"
#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"
#include "common/work_log.hpp"

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

namespace {

/// How a program is started: its threads stay where they are, unless the user
/// wants something else.
Command command(const fs::path& program, const Words& arguments) {
    Command command = {.program = program, .arguments = arguments};
    if (std::getenv("OMP_PROC_BIND") == nullptr) {
        command.environment = {{"OMP_PROC_BIND", "true"}};
    }
    return command;
}

}  // namespace

void give_up(const std::string& why) {
    throw std::runtime_error("cannot be predicted: " + why);
}

Programs::Programs(const Wanted& wanted) : wanted_(wanted) {
    const auto all = find_lessons(wanted.lessons);
    const LessonPrograms& found = find_lesson(all, wanted.lesson);
    name_ = found.lesson;
    for (const fs::path& program : found.versions) {
        versions_.push_back(program.filename());
    }
    if (std::find(versions_.begin(), versions_.end(), wanted.version) ==
            versions_.end() ||
        wanted.version == "serial") {
        throw std::invalid_argument(
            fmt::format("--version: {} has no parallel version '{}'", name_,
                        wanted.version));
    }
    options_ = read_options(output_of(
        {.program = path(wanted.version), .arguments = {"--describe"}}));
}

bool Programs::has(const std::string& option) const {
    return std::find(options_.begin(), options_.end(), option) !=
           options_.end();
}

LoopSource Programs::source(const std::string& version) const {
    return read_loop_source(wanted_.sources / name_ / (version + ".cpp"));
}

Record Programs::run(const std::string& version, int threads,
                     const std::string& schedule, const Words& more) const {
    const TemporaryFolder folder;
    Words arguments = wanted_.arguments;
    arguments.insert(arguments.end(),
                     {"--threads", std::to_string(threads), "--repeat", "3",
                      "--record", folder / "record"});
    if (!schedule.empty() && has("--schedule")) {
        arguments.insert(arguments.end(), {"--schedule", schedule});
    }
    if (has("--output")) {
        arguments.insert(arguments.end(), {"--output", folder / "out.png"});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    static_cast<void>(output_of(command(path(version), arguments)));
    Record record = read_last_record(folder / "record");
    record.seconds = {median(record.seconds)};
    return record;
}

Control Programs::control(int threads, std::int64_t bytes) const {
    return read_control(output_of(
        command(wanted_.tools / "control",
                {std::to_string(threads), std::to_string(bytes), "3"})));
}

Costs Programs::costs(int threads) const {
    return read_costs(output_of(
        command(wanted_.tools / "team_costs", {std::to_string(threads)})));
}

fs::path Programs::path(const std::string& version) const {
    return wanted_.lessons / name_ / version;
}

std::vector<Candidate> find_candidates(const Programs& programs,
                                       const Wanted& wanted,
                                       const std::string& runtime) {
    std::vector<Candidate> candidates;
    for (const std::string& version : programs.versions()) {
        if (version == "serial") continue;
        const LoopSource source = programs.source(version);
        const bool is_wanted = version == wanted.version;
        if ((source.is_other_loop && !is_wanted) || !source.why_not.empty()) {
            continue;
        }
        const bool is_open = source.schedule == "runtime";
        if (is_open && !is_wanted) continue;
        for (const std::string& schedule :
             is_open ? wanted.schedules : Words{source.schedule}) {
            const auto cut = cut_by(runtime, schedule, source.is_monotonic);
            if (!cut) continue;
            candidates.push_back({version, is_open ? schedule : "", cut->name});
        }
    }
    return candidates;
}

Measured measure(const Programs& programs, const Wanted& wanted,
                 const std::vector<Candidate>& candidates,
                 const std::set<int>& teams) {
    std::vector<double> alone;
    std::vector<std::vector<double>> logs;
    std::map<std::pair<int, std::string>, std::vector<double>> times;
    std::map<int, std::vector<double>> controls;
    Measured measured;
    for (int round = 1; round <= wanted.repeats; ++round) {
        show_progress(fmt::format("round {} of {}", round, wanted.repeats));
        const TemporaryFolder folder;
        const fs::path log = folder / "log";
        const bool keeps_log = programs.has("--log");
        const Record record =
            programs.run(wanted.version, 1, "static",
                         {keeps_log ? "--log" : "--item-times", log});
        measured.size = record.size;
        alone.push_back(record.seconds[0]);
        logs.push_back(read_lengths(log));
        if (logs.back().size() != logs.front().size()) {
            give_up("the number of iterations changes from run to run");
        }
        for (const int threads : teams) {
            for (const Candidate& one : candidates) {
                const Record run =
                    programs.run(one.version, threads, one.option);
                times[{threads, one.name}].push_back(run.seconds[0]);
            }
            constexpr std::int64_t small = 1'000'000;
            controls[threads].push_back(
                programs.control(threads, small).efficiency(threads));
        }
    }
    show_progress("");
    measured.alone = median(alone);
    for (std::size_t i = 0; i < logs.front().size(); ++i) {
        std::vector<double> lengths;
        for (const auto& log : logs) lengths.push_back(log[i]);
        measured.lengths.push_back(median(lengths));
    }
    for (const auto& [key, seconds] : times) {
        measured.teams[key] = median(seconds);
    }
    for (const auto& [threads, values] : controls) {
        measured.control[threads] = median(values);
    }
    return measured;
}
