#include "common/programs/experiment/sweep.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <stdexcept>

#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int most_attempts = 3;  // of a run, while the machine is busy

/// How a program ended, and the last line of what it wrote, which tells why.
std::string why_it_failed(const Outcome& outcome) {
    std::string text = outcome.output;
    text.erase(text.find_last_not_of('\n') + 1);
    text.erase(0, text.rfind('\n') + 1);  // npos + 1 is 0
    const bool says_nothing = outcome.timed_out || text.empty();
    return outcome.how_it_ended() + (says_nothing ? "" : ": " + text);
}

}  // namespace

std::string local_time(const char* format) {
    const std::time_t now = std::time(nullptr);
    std::tm parts = {};
    localtime_r(&now, &parts);
    constexpr std::size_t longest = 64;
    std::string text(longest, '\0');
    text.resize(std::strftime(text.data(), longest, format, &parts));
    return text;
}

std::string duration_text(double seconds) {
    if (seconds < 90.0) return fmt::format("{:.0f} s", seconds);
    if (seconds < 5400.0) return fmt::format("{:.0f} min", seconds / 60.0);
    return fmt::format("{:.1f} h", seconds / 3600.0);
}

std::string file_name(const Setting& setting) {
    std::string name =
        fmt::format("{}_threads-{}", setting.version, setting.threads);
    if (!setting.schedule.empty()) name += "_" + setting.schedule;
    if (!setting.size.empty()) name += "_size-" + setting.size;
    std::replace(name.begin(), name.end(), ',', '-');
    return name;
}

std::string output_of(const Command& command) {
    const Outcome outcome = run_process(command);
    if (outcome.ok()) return outcome.output;
    throw std::runtime_error(fmt::format(
        "{} failed: {}", command.program.string(), why_it_failed(outcome)));
}

double Sweep::estimate() const {
    const std::vector<Setting> settings = plan_.settings();
    const auto sizes = std::count_if(settings.begin(), settings.end(),
                                     std::mem_fn(&Setting::is_serial));
    const auto each = static_cast<double>(settings.size()) /
                      static_cast<double>(sizes) *
                      (plan_.repeats + (plan_.keeps_log ? 1 : 0));
    const Timer timer;
    for (const Setting& setting : settings) {
        if (!setting.is_serial()) break;  // the serial ones come first
        const Run run = run_once(setting);
        if (!run.ok() || stop_) return 0.0;
        static_cast<void>(control_beside(run));
    }
    return timer.seconds() * each;
}

void Sweep::tell(const std::string& progress) {
    if (isatty(STDERR_FILENO) == 1) {
        show_progress(progress);
    } else if (constexpr double minute = 60.0;
               timer_.seconds() >= told_ + minute) {
        told_ = timer_.seconds();
        fmt::print(stderr, "{}\n", progress);
    }
}

void Sweep::measure(
    const std::function<void(const std::vector<Run>&)>& after_run) {
    const Timer timer;
    int done = 0;
    for (int round = 1; round <= plan_.repeats; ++round) {
        for (const Setting& setting : plan_.settings()) {
            if (stop_) return;
            const double left =
                timer.seconds() / std::max(1, done) * (plan_.runs() - done);
            tell(fmt::format(
                "run {} of {}, about {} left: {}", done + 1, plan_.runs(),
                done == 0 ? "?" : duration_text(left), file_name(setting)));
            run_and_keep(setting, round);
            after_run(runs_);
            ++done;
        }
    }
}

void Sweep::run_and_keep(const Setting& setting, int round) {
    // What has failed once fails again: the time is better spent elsewhere.
    const auto failed = [&](const Run& run) {
        return run.setting == setting && !run.ok();
    };
    if (std::any_of(runs_.begin(), runs_.end(), failed)) return;
    for (int attempt = 1; attempt <= most_attempts && !stop_; ++attempt) {
        Run run = run_once(setting);
        if (run.ok() && !stop_) run.control = control_beside(run);
        if (stop_) return;
        run.round = round;
        run.attempt = attempt;
        runs_.push_back(run);
        if (!run.ok() || !run.is_busy()) return;
    }
}

Command Sweep::command(const fs::path& program, const Words& arguments,
                       int threads) const {
    Command command = plan_.command(program, arguments, threads);
    command.stop = &stop_;
    return command;
}

Command Sweep::lesson(const Setting& setting, const Words& more) const {
    Words arguments = plan_.lesson_arguments;
    for (const auto& [option, value] :
         {std::pair<std::string, std::string>("--repeat", "1"),
          {"--threads", std::to_string(setting.threads)},
          {"--schedule", setting.schedule},
          {plan_.size_option(), setting.size}}) {
        if (!value.empty()) arguments.insert(arguments.end(), {option, value});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    return command(plan_.programs / setting.version, arguments,
                   setting.threads);
}

Run Sweep::run_once(const Setting& setting) const {
    Run run;
    run.setting = setting;
    run.started = local_time("%Y-%m-%dT%H:%M:%S%z");
    const TemporaryFolder folder;
    Words more = {"--record", folder / "record"};
    // A picture is written, for the time that it takes, but not kept.
    if (plan_.writes_pictures) {
        more.insert(more.end(), {"--output", folder / "out.png"});
    }
    const Outcome outcome = run_process(lesson(setting, more));
    if (!outcome.ok()) {
        run.error = why_it_failed(outcome);
    } else {
        run.record = read_last_record(folder / "record");
        run.record.seconds.resize(1);
    }
    return run;
}

Control Sweep::control_beside(const Run& run) const {
    // The copy loop moves what the lesson moves: half is read, half written.
    constexpr std::int64_t by_default = std::int64_t{32} << 20;
    constexpr std::int64_t most = std::int64_t{1} << 30;
    const std::int64_t moved = run.record.bytes_moved;
    const std::int64_t list =
        moved > 1 ? std::min(moved / 2, most) : by_default;
    try {
        return read_control(output_of(command(
            plan_.control,
            {std::to_string(run.setting.threads), std::to_string(list), "3"},
            run.setting.threads)));
    } catch (const std::exception&) {
        if (stop_) return {};
        throw;
    }
}

std::vector<LoggedRun> Sweep::log(const fs::path& folder) {
    std::vector<LoggedRun> logged;
    for (const Setting& setting : plan_.settings()) {
        if (stop_) break;
        if (setting.is_serial()) continue;
        tell("work log of " + file_name(setting));
        const fs::path own = folder / file_name(setting);
        const fs::path picture = own / "picture.png";
        fs::create_directories(own);
        const TemporaryFolder temporary;
        Words more = {"--log", own / "work_log.csv", "--record",
                      temporary / "record"};
        if (plan_.writes_pictures) {
            more.insert(more.end(), {"--output", picture});
        }
        // What failed is in the table already, with its reason.
        if (run_process(lesson(setting, more)).ok()) {
            const Record record = read_last_record(temporary / "record");
            logged.push_back({setting, own, record.imbalance.value_or(0.0)});
        } else {
            fs::remove_all(own);
        }
        // A lesson that writes a folder of pictures: they are not wanted here.
        if (fs::is_directory(picture)) fs::remove_all(picture);
    }
    return logged;
}

std::vector<ItemTimes> Sweep::item_times(
    const std::vector<LoggedRun>& logged) const {
    std::vector<ItemTimes> all;
    for (const Setting& setting : plan_.settings()) {
        if (stop_) break;
        if (setting.is_serial() || setting.threads != 1) continue;
        const bool is_known =
            std::any_of(all.begin(), all.end(), [&](const ItemTimes& one) {
                return one.version == setting.version &&
                       one.size == setting.size;
            });
        if (is_known) continue;
        const TemporaryFolder temporary;
        fs::path log;
        for (const LoggedRun& run : logged) {
            if (run.setting == setting) log = run.folder / "work_log.csv";
        }
        if (log.empty() && plan_.gives_item_times) {
            log = temporary / "item_times.csv";
            if (!run_process(lesson(setting, {"--item-times", log})).ok()) {
                continue;
            }
        }
        if (log.empty()) continue;
        all.push_back({setting.version, setting.size, read_lengths(log)});
    }
    return all;
}

Costs Sweep::costs(int threads) const {
    return read_costs(
        output_of(command(plan_.control.parent_path() / "team_costs",
                          {std::to_string(threads)}, threads)));
}
