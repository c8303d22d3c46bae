#include "tests/grade/compile_errors.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <numeric>
#include <regex>
#include <set>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Matches = std::sregex_iterator;

/// The words that follow #pragma in OpenMP 4.5 and 5.0, without what is in
/// parentheses.
constexpr std::array<std::string_view, 61> known_words = {
    "aligned",      "atomic",       "barrier",
    "cancel",       "cancellation", "capture",
    "collapse",     "copyin",       "copyprivate",
    "critical",     "declare",      "default",
    "depend",       "device",       "distribute",
    "do",           "end",          "final",
    "firstprivate", "flush",        "for",
    "grainsize",    "hint",         "if",
    "in_reduction", "inbranch",     "lastprivate",
    "linear",       "loop",         "map",
    "master",       "mergeable",    "nogroup",
    "notinbranch",  "nowait",       "num_tasks",
    "num_threads",  "omp",          "ordered",
    "parallel",     "point",        "priority",
    "private",      "proc_bind",    "read",
    "reduction",    "safelen",      "schedule",
    "section",      "sections",     "shared",
    "simd",         "simdlen",      "single",
    "target",       "task",         "task_reduction",
    "taskgroup",    "taskloop",     "taskwait",
    "taskyield"};

/// How many letters must be added, left out or changed to get from one word to
/// the other; two that changed places count once (restricted Damerau distance).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> steps(
        a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) steps[i][0] = i;
    std::iota(steps[0].begin(), steps[0].end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = a[i - 1] == b[j - 1] ? 0 : 1;
            steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1,
                                    steps[i - 1][j - 1] + changed});
            const bool swapped =
                i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) {
                steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
            }
        }
    }
    return steps[a.size()][b.size()];
}

/// The word of OpenMP that is closest; empty when none is close.
std::string_view closest(std::string_view word) {
    const auto best =
        std::min_element(known_words.begin(), known_words.end(),
                         [word](std::string_view a, std::string_view b) {
                             return distance(word, a) < distance(word, b);
                         });
    const std::size_t at_most = word.size() < 5 ? 1 : 2;
    return distance(word, *best) <= at_most ? *best : std::string_view();
}

/// The lines of the exercise that a compiler complains about.
std::set<std::size_t> lines_with_errors(const std::string& messages) {
    static const std::regex place(R"(exercise\.cpp:(\d+)(:\d+)?: error:)");
    std::set<std::size_t> lines;
    for (Matches match(messages.begin(), messages.end(), place), end;
         match != end; ++match) {
        lines.insert(std::stoul((*match)[1]));
    }
    return lines;
}

/// What was meant by the pragmas that a compiler complains about.
std::string explain_pragmas(const std::set<std::size_t>& lines,
                            const fs::path& exercise) {
    std::ifstream in(exercise);
    std::string text;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (!lines.contains(number)) continue;
        const std::string meant = explain_pragma(line);
        if (!meant.empty()) {
            text += fmt::format("line {}: {}\n", number, meant);
        }
    }
    return text;
}

/// What the linker misses or has twice, in a sentence; empty: neither.
std::string explain_linker(const std::string& messages) {
    static const std::regex twice(
        "(?:multiple definition of [`']|duplicate symbol: )([^'\n]*)");
    static const std::regex undefined(
        "undefined (?:reference to|symbol:) [`']?([^_`'\n][^'\n]*)");
    std::smatch match_twice;
    if (std::regex_search(messages, match_twice, twice)) {
        const std::string name = match_twice[1];
        if (name == "main") {
            return "exercise.cpp has a `main` of its own: delete it, the tests "
                   "have one\n";
        }
        return fmt::format(
            "exercise.cpp defines `{}`, which the tests have already: choose "
            "another name\n",
            name);
    }
    std::set<std::string> names;
    for (Matches match(messages.begin(), messages.end(), undefined), end;
         match != end; ++match) {
        names.insert((*match)[1]);
    }
    if (names.empty()) return {};
    std::string list;
    for (const std::string& name : names) {
        list += fmt::format("{}`{}`", list.empty() ? "" : ", ", name);
    }
    return fmt::format(
        "a function is missing in exercise.cpp: {} (is its name, and is each "
        "parameter, as the lesson's header says?)\n",
        list);
}

}  // namespace

std::string explain_pragma(const std::string& line) {
    static const std::regex pragma(R"(^\s*#\s*pragma\s+(.*))");
    static const std::regex in_parentheses(R"(\([^()]*\))");
    static const std::regex word(R"([A-Za-z_]+)");
    std::smatch match;
    if (!std::regex_search(line, match, pragma)) return {};
    std::string words = match[1];
    for (std::string before; before != words;) {
        before = words;
        words = std::regex_replace(words, in_parentheses, " ");
    }
    std::string text;
    for (Matches found(words.begin(), words.end(), word), end; found != end;
         ++found) {
        const std::string written = found->str();
        const std::string_view meant = closest(written);
        if (meant.empty() || meant == written) continue;
        text += fmt::format("{}`{}`: did you mean `{}`?",
                            text.empty() ? "" : " ", written, meant);
    }
    return text;
}

std::string explain_errors(const std::string& messages,
                           const fs::path& exercise) {
    constexpr std::size_t at_most = 4000;  // bytes of messages
    // As the student knows the file, not where its copy is.
    std::string text = messages;
    const std::string path = exercise.string();
    for (auto at = text.find(path); at != std::string::npos;
         at = text.find(path)) {
        text.replace(at, path.size(), "exercise.cpp");
    }
    const std::set<std::size_t> lines = lines_with_errors(text);
    if (lines.empty()) {
        const std::string sentence = explain_linker(text);
        if (!sentence.empty()) return sentence;
    }
    return explain_pragmas(lines, exercise) + text.substr(0, at_most);
}
