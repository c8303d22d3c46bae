#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "common/openmp.hpp"
#include "lessons/26_which_loops/which_loops.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/refusals.hpp"

// The loops without a pragma, with one and no clause, and as they should be.
namespace plain {
#include "lessons/26_which_loops/serial.cpp"
}
namespace bare {
#include "lessons/26_which_loops/racy.cpp"
}
namespace mended {
#include "lessons/26_which_loops/parallel.cpp"
}

namespace {

using Function = void (*)(const List& in, Result& out);

template <void (*copy)(std::span<const double>, std::span<double>)>
void copy_within(const List& in, Result& out) {
    std::copy(in.begin(), in.end(), out.begin());
    const std::span whole(out);
    copy(whole.subspan(1), whole);
}

/// A loop, its right answer, and what is said where another one is given.
struct Case {
    Loop loop;
    std::string name;
    Answer right;
    std::string question;
    std::string refused = {};
    Function plain = nullptr;
    Function bare = nullptr;
    Function mended = nullptr;
};

#define VERSIONS(loop) \
    .plain = plain::loop, .bare = bare::loop, .mended = mended::loop

const std::array<Case, 12> cases = {{
    {.loop = Loop::doubled,
     .name = "doubled",
     .right = Answer::yes,
     .question = "which element does iteration i read, and which one does it "
                 "write?",
     VERSIONS(doubled)},
    {.loop = Loop::running_sum,
     .name = "running_sum",
     .right = Answer::no_order,
     .question = "who writes out[i - 1], and when is it read?",
     VERSIONS(running_sum)},
    {.loop = Loop::series,
     .name = "series",
     .right = Answer::with_private,
     .question = "where is j declared, and who needs it after the loop?",
     VERSIONS(series)},
    {.loop = Loop::histogram,
     .name = "histogram",
     .right = Answer::with_protection,
     .question =
         "can in[i] be the same in two iterations? Does it matter which "
         "one adds first?",
     VERSIONS(histogram)},
    {.loop = Loop::reciprocals,
     .name = "reciprocals",
     .right = Answer::with_protection,
     .question = "who adds to `sum`? Does it matter who is first (but for the "
                 "last digits)?",
     VERSIONS(reciprocals)},
    {.loop = Loop::last_value,
     .name = "last_value",
     .right = Answer::with_lastprivate,
     .question = "who writes `last`, and which of the values is used after the "
                 "loop?",
     VERSIONS(last_value)},
    {.loop = Loop::collected,
     .name = "collected",
     .right = Answer::no_hidden_state,
     .question = "how does push_back know where the next place is?",
     VERSIONS(collected)},
    {.loop = Loop::tickets,
     .name = "tickets",
     .right = Answer::no_hidden_state,
     .question = "how many variables `ticket` are there, and which iteration "
                 "must get 1?",
     VERSIONS(tickets)},
    {.loop = Loop::draws,
     .name = "draws",
     .right = Answer::no_hidden_state,
     .question = "how does next_number() know what comes next?",
     VERSIONS(draws)},
    {.loop = Loop::copy,
     .name = "copy",
     .right = Answer::no_order,
     .question = "`from` begins one element after `to` in the same list: who "
                 "else uses to[i]?",
     .plain = copy_within<plain::copy>,
     .bare = copy_within<bare::copy>,
     .mended = copy_within<mended::copy>},
    {.loop = Loop::search,
     .name = "search",
     .right = Answer::no_count,
     .question = "how many iterations are there?",
     .refused = search_refused},
    {.loop = Loop::halvings,
     .name = "halvings",
     .right = Answer::no_count,
     .question = "how many iterations are there?",
     .refused = halvings_refused},
}};

#undef VERSIONS

Result run(Function loop, const List& in) {
    Result out;
    out.reserve(2 * in.size() + 1);
    out.resize(in.size() + 1);
    loop(in, out);
    return out;
}

/// Where the two differ, beyond the last digits of a sum; empty: nowhere.
std::string difference(const Result& found, const Result& right) {
    if (found.size() != right.size()) {
        return fmt::format("{} elements instead of {}", found.size(),
                           right.size());
    }
    const double tolerance = static_cast<double>(right.size()) *
                             std::numeric_limits<double>::epsilon();
    for (std::size_t i = 0; i < right.size(); ++i) {
        if (std::abs(found[i] - right[i]) > tolerance * std::abs(right[i])) {
            return fmt::format("out[{}] was {} instead of {}", i, found[i],
                               right[i]);
        }
    }
    return {};
}

/// What a team of four gets from a loop, beside the plain one.
std::string tried_out(Function loop, Function plain) {
    constexpr int count = 200'000;
    constexpr int runs = 20;
    List in;
    for (int i = 0; i < count; ++i) in.push_back(std::min(i, 1 + i % 13));
    const Result right = run(plain, in);
    int wrong = 0;
    std::string what;
    const int before = omp_get_max_threads();
    omp_set_num_threads(4);
    for (int i = 0; i < runs; ++i) {
        const std::string differs = difference(run(loop, in), right);
        if (differs.empty()) continue;
        ++wrong;
        what = differs;
    }
    omp_set_num_threads(before);
    return wrong == 0 ? fmt::format("was right in {0} of {0} runs", runs)
                      : fmt::format("was wrong in {} of {} runs: {}", wrong,
                                    runs, what);
}

bool is_no(Answer answer) { return answer >= Answer::no_count; }

/// For a student whose answer is another one.
std::string explanation(const Case& about, Answer given) {
    std::string text = fmt::format("{}: ", about.name);
    if (!about.refused.empty()) {
        text += fmt::format("the compiler says \"{}\"", about.refused);
    } else if (is_no(about.right) && is_no(given)) {
        text += "it may not, but for another reason";
    } else if (is_no(given)) {
        text += fmt::format("it may. As it should be, it {}",
                            tried_out(about.mended, about.plain));
    } else {
        const std::string tried = tried_out(about.bare, about.plain);
        const bool lucky = tried.starts_with("was right");
        text += fmt::format("with the pragma and no clause it {}{}", tried,
                            lucky ? ", by chance" : "");
    }
    return fmt::format("{}; {}", text, about.question);
}

}  // namespace

TEST(Correct, EveryLoopHasItsAnswer) {
    const auto given = judgements();
    std::string wrong;
    int right = 0;
    for (const Case& about : cases) {
        const auto answers = std::count_if(
            given.begin(), given.end(),
            [&](const Judgement& of) { return of.loop == about.loop; });
        const auto answer = std::find_if(
            given.begin(), given.end(),
            [&](const Judgement& of) { return of.loop == about.loop; });
        if (answers != 1) {
            wrong += fmt::format("\n- {}: there are {} answers", about.name,
                                 answers);
        } else if (answer->answer == about.right) {
            ++right;
        } else {
            wrong += "\n- " + explanation(about, answer->answer);
        }
    }
    if (wrong.empty()) return;
    ADD_FAILURE() << "right answers: " << right << " of 12" << wrong;
}
