// Predicts a lesson's loop on teams of any size, from how long each iteration
// takes on one thread; beside it what this machine's own processors give.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/output_file.hpp"
#include "common/programs/experiment/results.hpp"
#include "common/programs/experiment/sweep.hpp"
#include "common/programs/lesson_programs.hpp"
#include "common/programs/predict/model.hpp"
#include "common/programs/process.hpp"
#include "common/statistics.hpp"
#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"
#include "common/thread_map.hpp"
#include "common/work_log.hpp"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// What a user asks for.
struct Wanted {
    std::string lesson = {};
    fs::path tools;    ///< the folder of control and team_costs
    fs::path lessons;  ///< the folder of the lessons' programs
    fs::path sources = WORKBOOK_SOURCE "/lessons";
    std::string version = "parallel";
    std::vector<int> threads = {4, 16, 64};
    Words schedules = {"static", "static,1", "dynamic", "guided"};
    std::string timeline = {};  ///< a schedule; empty: the version's own
    int repeats = 5;
    fs::path csv = {};
    Words arguments = {};  ///< for the lesson's programs
};

/// A version of the loop that can be run with one of the schedules.
struct Candidate {
    std::string version;
    std::string option;  ///< for --schedule; empty: the clause names it
    std::string name;    ///< of the schedule, as to_cuts() has it
};

/// Beyond this nobody wants to know why a line is missing.
[[noreturn]] void give_up(const std::string& why) {
    throw std::runtime_error("cannot be predicted: " + why);
}

// --- Measuring ---------------------------------------------------------------

/// A lesson, its programs and what they can do.
class Programs {
 public:
    explicit Programs(const Wanted& wanted) : wanted_(wanted) {
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

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const Words& versions() const { return versions_; }
    [[nodiscard]] bool has(const std::string& option) const {
        return std::find(options_.begin(), options_.end(), option) !=
               options_.end();
    }
    [[nodiscard]] LoopSource source(const std::string& version) const {
        return read_loop_source(wanted_.sources / name_ / (version + ".cpp"));
    }

    /// Runs a version. @returns its record, with the median time alone.
    [[nodiscard]] Record run(const std::string& version, int threads,
                             const std::string& schedule,
                             const Words& more = {}) const {
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

    [[nodiscard]] Control control(int threads, std::int64_t bytes) const {
        return read_control(output_of(
            command(wanted_.tools / "control",
                    {std::to_string(threads), std::to_string(bytes), "3"})));
    }
    [[nodiscard]] Costs costs(int threads) const {
        return read_costs(output_of(
            command(wanted_.tools / "team_costs", {std::to_string(threads)})));
    }

 private:
    [[nodiscard]] fs::path path(const std::string& version) const {
        return wanted_.lessons / name_ / version;
    }
    static Command command(const fs::path& program, const Words& arguments) {
        Command command = {.program = program, .arguments = arguments};
        if (std::getenv("OMP_PROC_BIND") == nullptr) {
            command.environment = {{"OMP_PROC_BIND", "true"}};
        }
        return command;
    }

    const Wanted& wanted_;
    std::string name_;
    Words versions_;
    Words options_;
};

/// Everything that is measured, in rounds, so that a slow moment of the machine
/// meets all.
struct Measured {
    double alone = 0.0;           ///< the loop on one thread, seconds
    std::string size = {};        ///< in words
    std::vector<double> lengths;  ///< of the items in the log, seconds
    /// Seconds, by threads and the schedule's name.
    std::map<std::pair<int, std::string>, double> teams;
    /// The control's speedup by what as many processors should give, by
    /// threads.
    std::map<int, double> control;
};

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

/// The versions that differ by pragmas alone, each with the schedules that it
/// can have.
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

// --- Telling -----------------------------------------------------------------

/// A line of the table.
struct Line {
    int threads = 1;
    std::string schedule;
    std::optional<Prediction> prediction =
        {};                               ///< none: the model does not hold
    std::optional<double> measured = {};  ///< seconds
    std::optional<double> error = {};     ///< percent of what was measured
};

void print_table(const std::vector<Line>& lines) {
    fmt::print("{:>7}  {:<18} {:>9} {:>8} {:>10} {:>9} {:>10} {:>8}\n",
               "threads", "schedule", "makespan", "speedup", "efficiency",
               "imbalance", "measured", "error");
    for (const Line& line : lines) {
        const auto number = [&](double Prediction::*part) {
            return line.prediction
                       ? fmt::format("{:.2f}", (*line.prediction).*part)
                       : "-";
        };
        fmt::print(
            "{:>7}  {:<18} {:>9} {:>8} {:>10} {:>9} {:>10} {:>8}\n",
            line.threads, line.schedule,
            line.prediction ? seconds_text(line.prediction->makespan) : "-",
            number(&Prediction::speedup), number(&Prediction::efficiency),
            number(&Prediction::imbalance),
            line.measured ? seconds_text(*line.measured) : "",
            line.error ? fmt::format("{:+.1f} %", *line.error) : "");
    }
}

void write_csv(const std::vector<Line>& lines, const std::string& lesson,
               const Wanted& wanted) {
    std::string text =
        "lesson,version,threads,schedule,makespan_s,speedup,efficiency,"
        "imbalance,measured_s,error_percent\n";
    for (const Line& line : lines) {
        const auto known = [](const std::optional<double>& value) {
            return value ? fmt::format("{}", *value) : "";
        };
        text += fmt::format("{},{},{},\"{}\",", lesson, wanted.version,
                            line.threads, line.schedule);
        text += line.prediction
                    ? fmt::format("{},{},{},{}", line.prediction->makespan,
                                  line.prediction->speedup,
                                  line.prediction->efficiency,
                                  line.prediction->imbalance)
                    : ",,,";
        text +=
            fmt::format(",{},{}\n", known(line.measured), known(line.error));
    }
    write_file(wanted.csv, text);
}

void print_timeline(const Loop& loop, const NamedCut& named, int threads,
                    const Costs& costs) {
    const TeamWork work = share_loop(loop, named.cut, threads, costs);
    std::vector<WorkLog::Entry> entries(loop.lengths.size());
    for (const Chunk& chunk : work.chunks) {
        double now = chunk.start;
        for (std::int64_t i = chunk.first; i < chunk.first + chunk.size; ++i) {
            const auto item = static_cast<std::size_t>(i);
            entries[item] = {chunk.thread, now, now + loop.lengths[item]};
            now = entries[item].end;
        }
    }
    fmt::print(
        "\n{} on {} threads, predicted; the last digits of the "
        "iterations:\n{}",
        named.name, threads,
        timeline_text(WorkLog(std::move(entries)), threads));
}

/// For a loop that moves memory: how fast it can be here.
void print_ceiling(const Programs& programs, const Record& alone,
                   int processors) {
    constexpr std::int64_t most = std::int64_t{1} << 30;
    const std::int64_t list =
        std::clamp<std::int64_t>(alone.bytes_moved / 2, 1, most);
    const double bandwidth = programs.control(processors, list).pass_bandwidth;
    const double least = static_cast<double>(alone.bytes_moved) / bandwidth;
    fmt::print(
        "No prediction: this loop reads and writes {}, and the model knows "
        "nothing\nof memory. A plain pass over as much moves {}/s on {} "
        "threads "
        "here, so\nthe loop takes {} or more: at most {:.2f} times as fast as "
        "on "
        "one thread\n({}). What another machine gives has to be measured "
        "there:\nmake experiment-{}.\n",
        bytes_text(alone.bytes_moved),
        bytes_text(static_cast<std::int64_t>(bandwidth)), processors,
        seconds_text(least), alone.seconds[0] / least,
        seconds_text(alone.seconds[0]), programs.name().substr(0, 2));
}

/// Whether two processors may be one core's.
bool has_hyper_threads() {
    std::ifstream file("/sys/devices/system/cpu/smt/active");
    int active = 0;
    return file >> active && active == 1;
}

void print_notes(const Measured& measured, const Costs& costs, int processors,
                 int largest, bool some_wait) {
    for (const auto& [threads, efficiency] : measured.control) {
        if (efficiency >= quiet) continue;
        fmt::print(
            "* No error on {} threads: a loop that only computes reached "
            "{:.2f} "
            "of what {}\n  processors should give. Other programs ran, two "
            "processors share a core, or\n  the clock fell.\n",
            threads, efficiency, threads);
    }
    if (has_hyper_threads()) {
        fmt::print(
            "* Processors of this machine are hyper-threads: two of them share "
            "a core. The\n  model takes every thread for a core.\n");
    }
    if (some_wait) {
        fmt::print(
            "* -: the threads ask for chunks so often that requests wait for "
            "each other.\n  The model does not know for how long. Larger "
            "chunks help.\n");
    }
    if (largest > processors) {
        fmt::print(
            "* This machine has {} processor{}. More threads are predicted for "
            "a machine with\n  a core for each of them, as fast as these, "
            "however many work. A fetch is taken\n  to cost what it costs "
            "here, {}.\n",
            processors, processors == 1 ? "" : "s", seconds_text(costs.fetch));
    }
}

// --- From the options to the end ---------------------------------------------

/// The schedules of the table: those that are wanted, and those that versions
/// have by their clauses.
std::vector<NamedCut> find_cuts(const Wanted& wanted,
                                const std::vector<Candidate>& candidates) {
    std::vector<NamedCut> cuts;
    for (const std::string& schedule : wanted.schedules) {
        const std::vector<NamedCut> some = to_cuts(schedule);
        cuts.insert(cuts.end(), some.begin(), some.end());
    }
    for (const Candidate& one : candidates) {
        const std::string schedule = one.name.substr(0, one.name.find(' '));
        for (const NamedCut& cut : to_cuts(schedule)) {
            const bool is_there = std::any_of(
                cuts.begin(), cuts.end(),
                [&](const NamedCut& known) { return known.name == cut.name; });
            if (!is_there) cuts.push_back(cut);
        }
    }
    return cuts;
}

int run_prediction(const Wanted& wanted) {
    const Programs programs(wanted);
    const LoopSource source = programs.source(wanted.version);
    const Control now = programs.control(1, 1000);
    const Record first = programs.run(wanted.version, 1, "static");
    fmt::print("{}  {}  {}\n{}\n\n", programs.name(), wanted.version,
               first.size, now.machine);
    if (first.bytes_moved > 0) {
        print_ceiling(programs, first, now.processors);
        return 0;
    }
    if (!source.why_not.empty()) give_up(source.why_not);
    if (!programs.has("--log") && !programs.has("--item-times")) {
        give_up("lesson " + programs.name() +
                " keeps no log of how long each iteration takes");
    }
    std::set<int> threads(wanted.threads.begin(), wanted.threads.end());
    if (now.processors > 1) threads.insert(now.processors);
    std::set<int> teams;  // that can be measured here
    std::copy_if(threads.begin(), threads.end(),
                 std::inserter(teams, teams.end()),
                 [&](int n) { return n > 1 && n <= now.processors; });
    const Costs costs = programs.costs(std::max(1, now.processors));
    const std::vector<Candidate> candidates =
        find_candidates(programs, wanted, costs.runtime);
    const Measured measured = measure(programs, wanted, candidates, teams);
    const Loop loop(measured.lengths, costs.log, measured.alone);
    if (!loop.is_described()) {
        give_up(fmt::format(
            "the loop takes {} and the items of its log {}: the log has more "
            "or less than the loop, the items are too short to be measured, or "
            "other programs run",
            seconds_text(measured.alone),
            seconds_text(total_of(measured.lengths))));
    }
    const std::vector<double>& lengths = loop.lengths;
    fmt::print(
        "{} iterations of {} to {}, {} on one thread.\nMeasured here, on {} "
        "threads: a parallel region costs {}, a fetch of the next\nchunk {}."
        "\n\n",
        count_text(std::ssize(lengths)),
        seconds_text(*std::min_element(lengths.begin(), lengths.end())),
        seconds_text(longest_of(lengths)), seconds_text(measured.alone),
        now.processors, seconds_text(costs.region), seconds_text(costs.fetch));

    const std::vector<NamedCut> cuts = find_cuts(wanted, candidates);
    std::vector<Line> lines;
    bool some_wait = false;
    for (const int team : threads) {
        for (const NamedCut& named : cuts) {
            Line line = {.threads = team, .schedule = named.name};
            line.prediction = predict(loop, named.cut, team, costs);
            if (team > now.processors && line.prediction->requests_wait) {
                line.prediction.reset();
                some_wait = true;
            }
            const auto found = measured.teams.find({team, named.name});
            if (found != measured.teams.end()) {
                line.measured = found->second;
                if (measured.control.at(team) >= quiet) {
                    line.error =
                        100.0 *
                        (line.prediction->makespan / found->second - 1.0);
                }
            }
            lines.push_back(line);
        }
    }
    print_table(lines);
    if (!wanted.csv.empty()) write_csv(lines, programs.name(), wanted);

    const std::string shown = !wanted.timeline.empty()       ? wanted.timeline
                              : source.schedule == "runtime" ? "dynamic"
                                                             : source.schedule;
    const auto larger = threads.upper_bound(now.processors);
    const int team = larger == threads.end() ? *threads.rbegin() : *larger;
    for (const NamedCut& named : to_cuts(shown)) {
        print_timeline(loop, named, team, costs);
    }
    fmt::print("\n");
    print_notes(measured, costs, now.processors, *threads.rbegin(), some_wait);
    return 0;
}

std::string check_schedule(const std::string& text) {
    if (!to_cuts(text).empty()) return "";
    return fmt::format(
        "'{}' cannot be predicted: give static, dynamic or guided, with a "
        "chunk size after a comma if wanted, several as 'static;dynamic,16'",
        text);
}

int run(int argc, char** argv) {
    CLI::App app(
        "Predicts a lesson's loop on any number of threads, from the time of "
        "each iteration on one thread.");
    app.name("predict");
    const fs::path tools = fs::path(argv[0]).parent_path();
    Wanted wanted = {.tools = tools, .lessons = tools / "lessons"};
    const CLI::Validator schedule(check_schedule, "");
    app.add_option("--lesson,lesson", wanted.lesson,
                   "number or name, such as 12")
        ->type_name("LESSON");
    app.add_option("--threads", wanted.threads,
                   "numbers of threads; that of the processors is added")
        ->delimiter(',')
        ->check(CLI::Range(1, 4096))
        ->type_name("N,N")
        ->default_str("4,16,64");
    app.add_option("--schedule", wanted.schedules, "schedules")
        ->delimiter(';')
        ->check(schedule)
        ->type_name("S;S")
        ->default_str("static;static,1;dynamic;guided");
    app.add_option("--version", wanted.version, "of the lesson's function")
        ->type_name("NAME")
        ->capture_default_str();
    app.add_option("--timeline", wanted.timeline,
                   "schedule to draw; unless given, the version's own")
        ->check(schedule)
        ->type_name("S");
    app.add_option("--repeat", wanted.repeats,
                   "rounds of measuring; medians count")
        ->check(CLI::Range(1, 1000))
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--csv", wanted.csv, "file for the table")
        ->type_name("FILE");
    app.add_option("--lessons", wanted.lessons,
                   "folder of the lessons' programs")
        ->type_name("FOLDER")
        ->capture_default_str();
    app.add_option("--sources", wanted.sources, "folder of their sources")
        ->type_name("FOLDER")
        ->capture_default_str();
    app.footer(
        "What follows -- is handed on to the lesson's programs.\n"
        "  predict 12 --threads 4,16,64 --schedule 'static;dynamic,16'\n"
        "  predict 11 -- --below 10000000\n"
        "The rules of the schedules stand in common/makespan.hpp.\n"
        "Exit status: 0 done (a loop that moves memory has a limit in place of "
        "a\nprediction), 1 it cannot be predicted, 2 wrong use.");
    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    wanted.arguments.assign(std::min(dashes + 1, end), end);
    try {
        app.parse(static_cast<int>(dashes - argv), argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        throw std::invalid_argument(error.what() + std::string(": see --help"));
    }
    if (wanted.lesson.empty()) {
        throw std::invalid_argument(
            "no lesson: give its number, such as predict 12");
    }
    return run_prediction(wanted);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        show_progress("");
        fmt::print(stderr, "predict: {}\n", printable(error.what()));
        const bool is_wrong_use =
            dynamic_cast<const std::invalid_argument*>(&error) != nullptr;
        return is_wrong_use ? 2 : 1;
    }
}
