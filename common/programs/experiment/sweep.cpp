#include "common/programs/experiment/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "common/programs/process.hpp"
#include "common/programs/temporary_folder.hpp"
#include "common/record.hpp"
#include "common/terminal.hpp"
#include "common/timer.hpp"

namespace {

constexpr int most_attempts = 3;  // of a run, while the machine is busy

/// The last line of what a failed program printed, which tells why.
std::string last_line(const std::string& output) {
    const std::size_t end = output.find_last_not_of('\n');
    if (end == std::string::npos) return {};
    const std::size_t before = output.find_last_of('\n', end);
    const std::size_t start = before == std::string::npos ? 0 : before + 1;
    return output.substr(start, end + 1 - start);
}

std::string why_it_failed(const Outcome& outcome) {
    const std::string said = last_line(outcome.output);
    if (outcome.timed_out || said.empty()) return outcome.how_it_ended();
    return outcome.how_it_ended() + ": " + said;
}

/// A name for files: "threads-2_dynamic-16_width-512".
std::string file_name(const Setting& setting) {
    std::string name =
        fmt::format("{}_threads-{}", setting.version, setting.threads);
    if (!setting.schedule.empty()) name += "_" + setting.schedule;
    if (!setting.size.empty()) name += "_size-" + setting.size;
    std::replace(name.begin(), name.end(), ',', '-');
    return name;
}

}  // namespace

double Control::efficiency(int threads) const {
    const double ratio = speedup / std::min(threads, processors);
    // Above 1: it was the run on one thread that was disturbed.
    return std::min(ratio, 1.0 / ratio);
}

Control run_control(Command command, int threads) {
    command.arguments.insert(command.arguments.end(),
                             {"--threads", std::to_string(threads)});
    const Outcome outcome = run_process(command);
    if (outcome.stopped) return {};
    const auto line = nlohmann::json::parse(outcome.output, nullptr, false);
    if (!outcome.ok() || !line.is_object()) {
        throw std::runtime_error(fmt::format("the control failed: {}: {}",
                                             command.program.string(),
                                             why_it_failed(outcome)));
    }
    return {.machine = line.at("machine"),
            .processors = line.at("processors"),
            .speedup = line.at("speedup"),
            .copy_bandwidth = line.at("copy_bandwidth")};
}

Sweep::Sweep(const Plan& plan, std::filesystem::path control,
             const std::atomic<bool>& stop)
    : plan_(plan), control_(std::move(control)), stop_(stop) {}

int Sweep::planned_runs() const {
    const std::size_t settings =
        plan_.serial_settings().size() + plan_.parallel_settings().size();
    return static_cast<int>(settings) * plan_.repeats;
}

void Sweep::measure() {
    std::vector<Setting> settings = plan_.serial_settings();
    const std::vector<Setting> parallel = plan_.parallel_settings();
    settings.insert(settings.end(), parallel.begin(), parallel.end());
    const Timer timer;
    int done = 0;
    for (int round = 1; round <= plan_.repeats; ++round) {
        for (const Setting& setting : settings) {
            if (stop_) break;
            const double left =
                done == 0 ? 0.0
                          : timer.seconds() / done * (planned_runs() - done);
            show_progress(fmt::format(
                "run {} of {}{}: {}", done + 1, planned_runs(),
                done == 0 ? "" : fmt::format(", about {:.0f} s left", left),
                file_name(setting)));
            run_and_keep(setting, round);
            ++done;
        }
    }
    show_progress("");
}

void Sweep::run_and_keep(const Setting& setting, int round) {
    // What has failed once fails again: the time is better spent elsewhere.
    const auto failed = [&](const Run& run) {
        return run.setting == setting && !run.ok();
    };
    if (std::any_of(runs_.begin(), runs_.end(), failed)) return;
    for (int attempt = 1; attempt <= most_attempts && !stop_; ++attempt) {
        Run run = run_once(setting);
        if (stop_) return;
        run.round = round;
        run.attempt = attempt;
        if (run.ok()) {
            const Control control = control_beside(run);
            if (stop_) return;
            run.control_speedup = control.speedup;
            run.control_efficiency = control.efficiency(setting.threads);
            run.copy_bandwidth = control.copy_bandwidth;
        }
        runs_.push_back(run);
        if (!run.ok() || run.control_efficiency >= quiet) return;
    }
}

std::vector<std::string> Sweep::arguments_of(const Setting& setting) const {
    std::vector<std::string> arguments = plan_.lesson_arguments;
    arguments.insert(arguments.end(),
                     {"--threads", std::to_string(setting.threads)});
    if (!setting.schedule.empty()) {
        arguments.insert(arguments.end(), {"--schedule", setting.schedule});
    }
    if (!setting.size.empty()) {
        arguments.insert(arguments.end(), {plan_.size_option, setting.size});
    }
    return arguments;
}

Command Sweep::command(const std::filesystem::path& program,
                       std::vector<std::string> arguments) const {
    Command command = {.program = program,
                       .arguments = std::move(arguments),
                       .environment = {{"OMP_PROC_BIND", plan_.bind}},
                       .timeout = plan_.timeout,
                       .stop = &stop_};
    if (!plan_.wait_policy.empty()) {
        command.environment.emplace_back("OMP_WAIT_POLICY", plan_.wait_policy);
    }
    return command;
}

Run Sweep::run_once(const Setting& setting) const {
    Run run;
    run.setting = setting;
    const TemporaryFolder folder;
    std::vector<std::string> arguments = arguments_of(setting);
    arguments.insert(arguments.end(),
                     {"--repeat", "1", "--record", folder / "record"});
    // A picture is written, for the time that it takes, but not kept.
    if (plan_.writes_pictures) {
        arguments.insert(arguments.end(), {"--output", folder / "out.png"});
    }
    const Outcome outcome = run_process(
        command(plan_.programs / setting.version, std::move(arguments)));
    if (!outcome.ok()) {
        run.error = why_it_failed(outcome);
        return run;
    }
    const Record record = read_last_record(folder / "record");
    run.seconds = record.seconds.at(0);
    run.read_seconds = record.read_seconds;
    run.write_seconds = record.write_seconds;
    run.problem = record.size;
    run.items = record.items;
    run.bytes_moved = record.bytes_moved;
    run.result = record.result;
    run.judgeable = record.judgeable();
    return run;
}

Control Sweep::control_beside(const Run& run) const {
    // The copy loop moves what the lesson moves: half is read, half written.
    constexpr std::int64_t by_default = std::int64_t{32} << 20;
    const std::int64_t list =
        run.bytes_moved > 1 ? run.bytes_moved / 2 : by_default;
    return run_control(command(control_, {"--bytes", std::to_string(list)}),
                       run.setting.threads);
}

void Sweep::log(const std::filesystem::path& folder) {
    for (const Setting& setting : plan_.parallel_settings()) {
        if (stop_) break;
        show_progress("work log of " + file_name(setting));
        LoggedRun logged;
        logged.setting = setting;
        logged.log = folder / (file_name(setting) + ".csv");
        const std::filesystem::path picture =
            folder / (file_name(setting) + ".png");
        const std::filesystem::path record = folder / "record";
        std::vector<std::string> arguments = arguments_of(setting);
        arguments.insert(arguments.end(),
                         {"--repeat", "1", "--log", logged.log.string(),
                          "--record", record.string()});
        if (plan_.writes_pictures) {
            arguments.insert(arguments.end(), {"--output", picture.string()});
        }
        const Outcome outcome = run_process(
            command(plan_.programs / setting.version, std::move(arguments)));
        // What failed is in the table already, with its reason.
        if (outcome.ok()) {
            logged.imbalance = read_last_record(record).imbalance.value_or(0);
            if (std::filesystem::exists(picture)) logged.picture = picture;
            const std::filesystem::path map =
                folder / (file_name(setting) + "_threads.png");
            if (std::filesystem::exists(map)) logged.thread_map = map;
            logged_.push_back(logged);
        }
        std::filesystem::remove(record);
    }
    show_progress("");
}
