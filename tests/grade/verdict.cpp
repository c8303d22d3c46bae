#include "tests/grade/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "tests/grade/json_files.hpp"

namespace {

namespace fs = std::filesystem;

Verdict failed(const std::string& why) {
    return {.status = Status::failed, .why = why};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// A failure as GoogleTest notes it ("FILE:LINE\nFailed\nmessage\nGoogle Test
/// trace:\nFILE:LINE: 3 threads"), as a student should read it.
std::string readable(const std::string& failure) {
    std::string text;
    std::string where;
    bool in_trace = false;
    const std::vector<std::string> lines = lines_of(failure);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        if (line == "Failed") continue;
        if (line == "Google Test trace:") {
            in_trace = true;
        } else if (in_trace) {
            const std::size_t colon = line.find(": ");
            const bool has_place = colon != std::string::npos;
            if (!where.empty()) where += ", ";
            where += has_place ? line.substr(colon + 2) : line;
        } else {
            if (!text.empty()) text += '\n';
            text += line;
        }
    }
    return where.empty() ? text : fmt::format("{} ({})", text, where);
}

/// What a test's failures say: the first one and, where it is about threads
/// working together, what is said of the team after it.
std::string first_failures(const std::vector<std::string>& failures,
                           const std::string& suite) {
    std::string text = readable(failures.front());
    if (suite == "Parallel" && failures.size() > 1) {
        text += "\n" + readable(failures[1]);
    }
    return text;
}

/// The points' share for a speedup, as a fraction of what is possible.
Verdict judge_speed(double speedup, double possible) {
    constexpr double full = 0.75;
    constexpr double half = 0.5;
    const double reached = speedup / possible;
    Verdict verdict;
    verdict.share = reached >= full ? 1.0 : reached >= half ? 0.5 : 0.0;
    verdict.status = reached >= half ? Status::passed : Status::failed;
    if (verdict.share < 1.0) {
        verdict.why = fmt::format(
            "{:.2f} times as fast as one thread, where {:.2f} is possible here "
            "(all points from {:.0f} %, half from {:.0f} %)",
            speedup, possible, full * 100, half * 100);
    }
    return verdict;
}

/// What GoogleTest's result file says of a suite.
Verdict judge_results(const std::string& suite,
                      const std::vector<TestResult>& results) {
    int tests = 0;
    for (const TestResult& test : results) {
        if (test.suite != suite) continue;
        if (!test.failures.empty()) {
            return failed(first_failures(test.failures, suite));
        }
        const std::string costs = test.costs.empty() ? "" : "\n" + test.costs;
        if (suite == "Fast" && !test.not_judged.empty()) {
            return {.status = Status::skipped, .why = test.not_judged + costs};
        }
        if (!test.has_run) {
            return failed(fmt::format("the test {} did not run", test.name));
        }
        if (suite == "Fast") {
            Verdict verdict =
                judge_speed(std::stod(test.speedup), std::stod(test.possible));
            verdict.why += verdict.why.empty() ? test.costs : costs;
            return verdict;
        }
        ++tests;
    }
    if (tests == 0) return failed("no test ran");
    return {.status = Status::passed, .share = 1.0};
}

std::string last_test_begun(const std::string& output) {
    const std::string mark = "[ RUN      ] ";
    const std::size_t at = output.rfind(mark);
    if (at == std::string::npos) return "before the first test";
    const std::size_t start = at + mark.size();
    return "in the test " + output.substr(start, output.find('\n', at) - start);
}

/// Why a program was ended before its tests were over; empty when it was not.
std::string broken_off(const Outcome& outcome) {
    if (outcome.timed_out) {
        return fmt::format(
            "it was ended after {:.0f} s {}: a loop that never ends, or "
            "threads "
            "that wait for each other?",
            outcome.seconds, last_test_begun(outcome.output));
    }
    if (outcome.too_much_memory) {
        return fmt::format("it used too much memory {} and was ended",
                           last_test_begun(outcome.output));
    }
    if (outcome.too_much_output) {
        return fmt::format("it printed more than a megabyte {} and was ended",
                           last_test_begun(outcome.output));
    }
    if (outcome.signal != 0) {
        return fmt::format("it crashed {}: {}", last_test_begun(outcome.output),
                           outcome.how_it_ended());
    }
    return {};
}

/// One of the two accesses that a race consists of.
struct Access {
    std::string what = {};  ///< "writes" or "reads"
    int line = 0;           ///< of the exercise; 0: elsewhere
    int column = 0;
    std::string where = {};  ///< the frame, when it is elsewhere
};

/// The accesses of the first race in a report.
std::vector<Access> accesses_of(const std::string& report,
                                const fs::path& exercise) {
    static const std::regex begins(
        R"(^\s+(?:Previous )?(?:atomic )?(write|read) of size \d+ .*)",
        std::regex::icase);
    static const std::regex frame(
        R"(^\s+#\d+ (.*) (\S+?):(\d+)(?::(\d+))? \(.*)");
    std::vector<Access> accesses;
    bool in_access = false;
    bool in_race = false;
    constexpr std::size_t longest = 2000;  // of the detector's own lines
    for (const std::string& line : lines_of(report)) {
        std::smatch match;
        if (line.size() > longest) continue;  // std::regex would recurse
        if (line.find("WARNING: ThreadSanitizer: data race") !=
            std::string::npos) {
            if (in_race) break;  // the next one
            in_race = true;
        } else if (std::regex_match(line, match, begins)) {
            const bool writes = std::tolower(match[1].str()[0]) == 'w';
            accesses.push_back({.what = writes ? "writes" : "reads"});
            in_access = true;
        } else if (line.empty()) {
            in_access = false;
        } else if (in_access && std::regex_match(line, match, frame)) {
            Access& access = accesses.back();
            const bool of_exercise = fs::path(match[2].str()) == exercise;
            if (access.where.empty()) {
                access.where =
                    fmt::format("{} ({}:{})", match[1].str(),
                                fs::path(match[2].str()).filename().string(),
                                match[3].str());
            }
            if (of_exercise && access.line == 0) {
                access.line = std::stoi(match[3]);
                access.column = match[4].matched ? std::stoi(match[4]) : 0;
            }
        }
    }
    return accesses;
}

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The name of the variable that is accessed at a column (from 1) of a line:
/// the one that stands there or, where an operator does, the one to its left
/// ("counts[i] += 1": counts), else to its right ("++sum"). Empty: none.
std::string name_at(const std::string& line, int column) {
    const auto belongs = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    if (column < 1 || column > static_cast<int>(line.size())) return {};
    auto start = line.begin() + (column - 1);
    if (!belongs(*start)) {
        auto before = start;
        int open = 0;  // brackets that we are inside of
        while (before != line.begin()) {
            const char c = *(before - 1);
            if (c == ']') ++open;
            if (open == 0 && c != ' ') break;
            if (c == '[') --open;
            --before;
        }
        while (before != line.begin() && belongs(*(before - 1))) --before;
        start = belongs(*before) ? before
                                 : std::find_if(start, line.end(), belongs);
    }
    return {start, std::find_if_not(start, line.end(), belongs)};
}

}  // namespace

std::string suite_of(const std::string& criterion) {
    if (criterion == "correct") return "Correct";
    if (criterion == "parallel") return "Parallel";
    if (criterion == "race_free") return "RaceFree";
    if (criterion == "fast") return "Fast";
    throw std::invalid_argument(fmt::format(
        "'{}' is no criterion: correct, parallel, race_free, fast", criterion));
}

std::string explain_race(const std::string& report, const fs::path& exercise) {
    const std::vector<Access> accesses = accesses_of(report, exercise);
    if (accesses.empty()) return {};
    std::ifstream in(exercise);
    std::vector<std::string> source;
    for (std::string line; std::getline(in, line);) source.push_back(line);

    std::string places;
    std::string variable;
    for (const Access& access : accesses) {
        const auto index = static_cast<std::size_t>(access.line - 1);
        if (access.line == 0 || index >= source.size()) {
            places +=
                fmt::format("\none thread {} in {}", access.what, access.where);
            continue;
        }
        const std::string name = name_at(source[index], access.column);
        // Both accesses are of the same variable: a name that both show.
        if (variable.empty()) variable = name;
        places += fmt::format("\nline {}: one thread {}  {}", access.line,
                              access.what, trimmed(source[index]));
    }
    return (variable.empty()
                ? std::string("a data race")
                : fmt::format("a data race, seen at `{}`", variable)) +
           places;
}

Verdict judge(const std::string& criterion, const Evidence& evidence) {
    const std::string suite = suite_of(criterion);
    const std::string race = explain_race(evidence.races, evidence.exercise);
    if (!race.empty()) return failed(race);
    const std::string why = broken_off(evidence.outcome);
    if (!why.empty()) return failed(why);
    try {
        const auto results = read_test_results(evidence.results);
        if (!results) {
            return failed(fmt::format(
                "it ended by itself {} ({}): an exercise must return, not exit",
                last_test_begun(evidence.outcome.output),
                evidence.outcome.how_it_ended()));
        }
        Verdict verdict = judge_results(suite, *results);
        for (const TestResult& test : *results) {
            if (test.suite == suite && !test.threads.empty()) {
                verdict.threads = test.threads;
            }
        }
        if (verdict.status == Status::passed && !evidence.outcome.ok()) {
            return failed(fmt::format("all tests passed, and then {}",
                                      evidence.outcome.how_it_ended()));
        }
        return verdict;
    } catch (const std::exception&) {
        return failed("its result file is not GoogleTest's");
    }
}
