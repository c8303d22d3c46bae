// Runs each loop by one thread and then twenty times by the team, and prints
// where the results differ.

#include <fmt/core.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "common/lesson.hpp"
#include "common/openmp.hpp"
#include "common/terminal.hpp"
#include "which_loops.hpp"

namespace {

struct Shown {
    const char* name;
    const char* remark;
    void (*loop)(const List& in, Result& out);
};

void copy_within(const List& in, Result& out) {
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = in[i];
    const std::span whole(out);
    copy(whole.subspan(1), whole);
}

constexpr std::array<Shown, 12> all = {{
    {"doubled", "", doubled},
    {"running_sum", "", running_sum},
    {"series", "", series},
    {"histogram", "", histogram},
    {"reciprocals", "", reciprocals},
    {"last_value", "", last_value},
    {"collected", "", collected},
    {"tickets", "", tickets},
    {"draws", "", draws},
    {"copy", "", copy_within},
    {"search", ", but has no pragma: the compiler refuses it", search},
    {"halvings", ", but has no pragma: the compiler refuses it", halvings},
}};

Result run(const Shown& shown, const List& in) {
    Result out;
    out.reserve(2 * in.size() + 1);
    out.resize(in.size() + 1);
    shown.loop(in, out);
    return out;
}

/// Where the two differ, beyond the last digits of a sum; empty: nowhere.
std::string difference(const Result& found, const Result& right,
                       double tolerance) {
    if (found.size() != right.size()) {
        return fmt::format("{} elements, not {}", found.size(), right.size());
    }
    for (std::size_t i = 0; i < right.size(); ++i) {
        if (std::abs(found[i] - right[i]) > tolerance * std::abs(right[i])) {
            return fmt::format("element {} is {}, not {}", i, found[i],
                               right[i]);
        }
    }
    return {};
}

/// Runs a loop by the team, and prints how often and how it was wrong. @returns
/// a wrong result, where there was one.
Result try_out(const Shown& shown, const List& in, const Result& right,
               double tolerance) {
    constexpr int runs = 20;
    int wrong = 0;
    std::string what;
    Result result = right;
    for (int i = 0; i < runs; ++i) {
        const Result found = run(shown, in);
        const std::string differs = difference(found, right, tolerance);
        if (i == 0 && differs.empty()) result = found;
        if (differs.empty()) continue;
        ++wrong;
        what = differs;
        result = found;
    }
    result.resize(right.size());
    fmt::print("  {:<12} {}{}\n", shown.name,
               wrong == 0 ? "is right in 20 of 20 runs"
                          : fmt::format("is wrong in {} of {} runs: {}", wrong,
                                        runs, what),
               wrong == 0 ? shown.remark : "");
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t count = 100'000;
    Lesson lesson("26_which_loops",
                  "Runs twelve loops, and shows what came out of each.");
    lesson.option("--count", count, {0, 10'000'000, 20},
                  "elements of the list");
    return lesson.run(argc, argv, [&] {
        lesson.set_size(count_text(count) + " elements", count);
        List in;
        // The bits of i that are set: no more than i.
        for (unsigned i = 0; i < static_cast<unsigned>(count); ++i) {
            in.push_back(std::popcount(i));
        }
        // A sum of so many terms, in any order (see docs/CONTRIBUTING.md).
        const double tolerance = static_cast<double>(count) *
                                 std::numeric_limits<double>::epsilon() / 2;
        const int team = Lesson::team_size();
        for (const Shown& shown : all) {
            omp_set_num_threads(1);
            const Result right = run(shown, in);
            omp_set_num_threads(team);
            lesson.add_result(try_out(shown, in, right, tolerance), right,
                              tolerance);
        }
        lesson.measure([&] {
            for (const Shown& shown : all) run(shown, in);
        });
    });
}
