#include "tests/grade/verdict.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace {

namespace fs = std::filesystem;

Verdict failed(const std::string& why) {
    return {.status = Status::failed, .why = why};
}
Verdict skipped(const std::string& why) {
    return {.status = Status::skipped, .why = why};
}

/// What a program has reported of its tests.
struct Report {
    struct Test {
        std::string name;
        std::string result;  ///< "passed", "failed" or "skipped"
        std::vector<std::string> failures;
    };
    std::vector<Test> tests;
    bool met = false;
    std::string not_judged;
    double speedup = 0.0;
    double possible = 0.0;
    std::string note;
    std::string threads;
    bool whole = false;
};

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, at);) parts.push_back(part);
    return parts;
}

/// Reads what tell_grader() in tests/exercises/exercise.cpp has written; what
/// does not begin with the number is nothing.
Report read_report(const std::string& answer, const std::string& number) {
    Report report;
    if (number.empty() || !answer.starts_with(number)) return report;
    for (const std::string& record : split(answer, '\x1E')) {
        // In front of the first word stands nothing.
        const std::vector<std::string> words = split(record, '\x1F');
        if (words.size() < 2) continue;
        const std::string& what = words[1];
        if (what == "test" && words.size() >= 4) {
            report.tests.push_back(
                {words[2], words[3], {words.begin() + 4, words.end()}});
        } else if (what == "speedup" && words.size() == 4) {
            report.speedup = std::stod(words[2]);
            report.possible = std::stod(words[3]);
        } else if (what == "not judged" && words.size() == 3) {
            report.not_judged = words[2];
        } else if (what == "note" && words.size() == 3) {
            report.note = words[2];
        } else if (what == "threads" && words.size() == 3) {
            report.threads = words[2];
        }
        report.met = report.met || what == "met";
        report.whole = what == "end";
        if (report.whole) break;
    }
    return report;
}

/// A failure as GoogleTest notes it ("Failed\nmessage\nGoogle Test
/// trace:\nFILE:LINE: 3 threads"), as a student should read it.
std::string readable(const std::string& failure) {
    std::string text;
    std::string where;
    bool in_trace = false;
    for (const std::string& line : split(failure, '\n')) {
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
    if (possible <= 0.0) return failed("nothing was measured");
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

/// What a whole report says.
Verdict judge_report(const std::string& suite, const Report& report,
                     const std::vector<std::string>& expected) {
    std::vector<std::string> names;
    for (const Report::Test& test : report.tests) names.push_back(test.name);
    if (names != expected) {
        return failed("not all tests ran, and they alone");
    }
    if (names.empty()) return failed("no test ran");
    for (const Report::Test& test : report.tests) {
        if (test.result == "failed" && !test.failures.empty()) {
            return failed(first_failures(test.failures, suite));
        }
        if (suite == "Fast") continue;
        if (test.result != "passed") {
            return failed(fmt::format("the test {} did not pass", test.name));
        }
    }
    if (suite == "Fast") {
        Verdict verdict = !report.not_judged.empty()
                              ? skipped(report.not_judged)
                              : judge_speed(report.speedup, report.possible);
        if (!verdict.why.empty() && !report.note.empty()) verdict.why += '\n';
        verdict.why += report.note;
        return verdict;
    }
    if (suite == "RaceFree" && !report.met) {
        return failed(
            "no race can be seen where no team is at work: the threads of a "
            "team have to be in the work at the same time");
    }
    return {.status = Status::passed, .share = 1.0};
}

std::string last_test_begun(const std::string& output) {
    const std::string mark = "[ RUN      ] ";
    const std::size_t at = output.rfind(mark);
    if (at == std::string::npos) return "before the first test";
    const std::size_t start = at + mark.size();
    return "in the test " + output.substr(start, output.find('\n', at) - start);
}

/// What is printed of an exception that nothing has caught:
/// "`std::range_error`: too wide"; empty: there was none.
std::string uncaught_exception(const std::string& output) {
    const auto behind = [&output](const std::string& mark, char end,
                                  std::size_t from) -> std::string {
        const std::size_t at = output.find(mark, from);
        if (at == std::string::npos) return {};
        const std::size_t start = at + mark.size();
        return output.substr(start, output.find(end, start) - start);
    };
    const std::string mark = "terminate called after throwing an instance of '";
    const std::string type = behind(mark, '\'', 0);
    if (type.empty()) return {};
    const std::string what = behind("what():  ", '\n', output.find(mark));
    return fmt::format("`{}`{}{}", type, what.empty() ? "" : ": ", what);
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
    // libgomp's words and libomp's.
    for (const char* text : {"Thread creation failed", "OMP: Error #34"}) {
        if (outcome.ok() || outcome.output.find(text) == std::string::npos) {
            continue;
        }
        return fmt::format(
            "it got no more threads {}: it wants more than 512 at a time, or "
            "this machine allows you fewer (`ulimit -u`)",
            last_test_begun(outcome.output));
    }
    const std::string thrown = uncaught_exception(outcome.output);
    if (outcome.signal != 0 && !thrown.empty()) {
        return fmt::format(
            "it threw {} {}, and nothing caught it: an exception may not leave "
            "a parallel region (nor a task, nor a loop that is shared), it has "
            "to be caught in there",
            thrown, last_test_begun(outcome.output));
    }
    if (outcome.signal != 0) {
        return fmt::format("it crashed {}: {}", last_test_begun(outcome.output),
                           outcome.how_it_ended());
    }
    return {};
}

/// Why a run shows nothing about the exercise; empty: it does.
std::string machines_trouble(const std::string& criterion,
                             const Evidence& evidence) {
    const Outcome& outcome = evidence.outcome;
    if (outcome.system_out_of_memory) {
        return "the system had too little memory, and ended programs for it";
    }
    if (criterion == "fast" && outcome.timed_out) {
        return fmt::format(
            "the machine is busy: the measurement was not over after {:.0f} s",
            outcome.seconds);
    }
    if (outcome.timed_out && outcome.starved) {
        return fmt::format(
            "the machine is busy: the program waited for a processor for most "
            "of {:.0f} s",
            outcome.seconds);
    }
    // LLVM 14's Archer crashes at some clauses that it does not know.
    const std::size_t crash =
        evidence.races.find("ThreadSanitizer:DEADLYSIGNAL");
    if (crash != std::string::npos) {
        const std::size_t frame = evidence.races.find("#0 ", crash);
        const std::string top =
            evidence.races.substr(std::min(frame, evidence.races.size()),
                                  evidence.races.find('\n', frame) - frame);
        if (top.find("libarcher") != std::string::npos) {
            return "the race detector crashes at something in this exercise "
                   "that it does not know";
        }
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
    for (const std::string& line : split(report, '\n')) {
        std::smatch match;
        if (line.size() > longest) continue;  // std::regex would recurse
        if (line.find("WARNING: ThreadSanitizer: data race") !=
            std::string::npos) {
            if (in_race) break;  // the next one
            in_race = true;
        } else if (std::regex_match(line, match, begins)) {
            constexpr std::size_t in_a_race = 2;
            if (accesses.size() == in_a_race) break;
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

bool belongs_to_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Where the expression begins that ends before `end`, in front of a `.` or an
/// `->`: "list[i]" and "image.row(y)" do so with a name.
std::size_t start_of_object(const std::string& line, std::size_t end) {
    int open = 0;  // brackets that we are inside of
    while (end > 0) {
        const char c = line[end - 1];
        const bool arrow = c == '>' && end > 1 && line[end - 2] == '-';
        if (c == ']' || c == ')') ++open;
        if (open == 0 && !belongs_to_name(c) && c != '.' && !arrow) break;
        if (c == '[' || c == '(') --open;
        if (open < 0) break;
        end -= arrow ? 2 : 1;
    }
    return end;
}

/// The name of the variable that is accessed at a column (from 1) of a line:
/// the one that stands there, or the object of which that is a member
/// ("list.push_back": list) or, where an operator stands, the one to its left
/// ("counts[i] += 1": counts), else to its right ("++sum"). Empty: none.
std::string name_at(const std::string& line, int column) {
    if (column < 1 || column > static_cast<int>(line.size())) return {};
    auto start = static_cast<std::size_t>(column - 1);
    if (belongs_to_name(line[start])) {
        const bool is_member =
            start > 0 && (line[start - 1] == '.' || line[start - 1] == '>');
        if (is_member) start = start_of_object(line, start);
    } else {
        std::size_t before = start;
        while (before > 0 && line[before - 1] == ' ') --before;
        const std::size_t object = start_of_object(line, before);
        start = object < before ? object : start;
    }
    if (line.compare(start, 6, "this->") == 0) start += 6;
    while (start < line.size() && !belongs_to_name(line[start])) ++start;
    const auto from = line.begin() + static_cast<std::ptrdiff_t>(start);
    const auto end = std::find_if_not(from, line.end(), belongs_to_name);
    if (end == line.end() || *end != '(') return {from, end};
    // A function: what it is given first, if anything.
    const auto given = std::find_if(
        end, line.end(), [](char c) { return belongs_to_name(c) || c == ')'; });
    return {given, std::find_if_not(given, line.end(), belongs_to_name)};
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
    std::vector<std::string> names;
    for (const Access& access : accesses) {
        const auto index = static_cast<std::size_t>(access.line - 1);
        if (access.line == 0 || index >= source.size()) {
            places +=
                fmt::format("\none thread {} in {}", access.what, access.where);
            continue;
        }
        const std::string name = name_at(source[index], access.column);
        if (!name.empty()) names.push_back(name);
        places += fmt::format("\nline {}: one thread {}  {}", access.line,
                              access.what, trimmed(source[index]));
    }
    return (names.empty()
                ? std::string("a data race")
                : fmt::format("a data race, seen at `{}`", names.front())) +
           places;
}

Verdict judge(const std::string& criterion, const Evidence& evidence) {
    const std::string suite = suite_of(criterion);
    const Outcome& outcome = evidence.outcome;
    const std::string race = explain_race(evidence.races, evidence.exercise);
    if (!race.empty()) return failed(race);
    const std::string machine = machines_trouble(criterion, evidence);
    if (!machine.empty()) return skipped(machine);
    const std::string why = broken_off(outcome);
    if (!why.empty()) {
        Verdict verdict = failed(why);
        verdict.timed_out = outcome.timed_out;
        return verdict;
    }
    const Report report = read_report(outcome.answer, evidence.number);
    if (!report.whole) {
        return failed(fmt::format(
            "it ended by itself {} ({}): an exercise must return, "
            "not exit",
            last_test_begun(outcome.output), outcome.how_it_ended()));
    }
    Verdict verdict = judge_report(suite, report, evidence.tests);
    if (criterion == "parallel") verdict.threads = report.threads;
    if (verdict.status == Status::passed && !outcome.ok()) {
        return failed(fmt::format("all tests passed, and then {}",
                                  outcome.how_it_ended()));
    }
    return verdict;
}

bool is_race(const Verdict& verdict) {
    return verdict.status == Status::failed &&
           verdict.why.starts_with("a data race");
}

bool may_pass(const Verdict& verdict) {
    return verdict.status == Status::skipped &&
           (verdict.why.starts_with("the machine is busy") ||
            verdict.why.starts_with("the system had too little memory") ||
            verdict.why.find(": cannot be started: ") != std::string::npos);
}
