// Predicts a lesson's loop on teams of any size, from how long each iteration
// takes on one thread; beside it what this machine's own processors give.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/programs/predict/measure.hpp"
#include "common/programs/predict/tell.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;

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
        "{} iterations of {} to {}, {} on one thread.\n"
        "Measured here, on {} threads: a parallel region costs {}, a fetch of "
        "the next\nchunk {}, or {} after the thread's own last one.\n\n",
        count_text(std::ssize(lengths)),
        seconds_text(*std::min_element(lengths.begin(), lengths.end())),
        seconds_text(longest_of(lengths)), seconds_text(measured.alone),
        now.processors, seconds_text(costs.region), seconds_text(costs.fetch),
        seconds_text(costs.fetch_again));

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
