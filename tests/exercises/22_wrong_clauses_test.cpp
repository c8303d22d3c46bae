// What exercise 22 says of clauses that are wrong. Each number is by hand: a[i]
// is 1.5 (i + 1), with a minus for odd i, b[i] is 100.5 + i and last is -4 on
// the host; the device's memory had 70,001 and so on in a, from 70,010 on in b.

#include <algorithm>

#include "lessons/22_accelerator/solution.cpp"
#include "tests/exercises/22_accelerator.cpp"

namespace {

struct Wrong {
    const char* loop;
    const char* clauses;
    const char* complaint;
};

constexpr std::array<Wrong, 16> wrong_clauses = {{
    {"doubled", "map(to : a[:n], b[:n])",
     "b[0] is 100.5 on the host, not 3, as before the loop: who brings it "
     "back?"},
    {"doubled", "map(from : a[:n], b[:n])",
     "a[0] is 70001 on the host, not 1.5: this number was in the device's "
     "memory before"},
    {"doubled", "map(alloc : a[:n]) map(from : b[:n])",
     "b[0] is 140002 on the host, not 3: it was made of what nobody had sent "
     "there"},
    {"doubled", "map(tofrom : a[:n]) map(from : b[:n])",
     "right, but the host has this a already, or never looks at it: it comes "
     "back for nothing"},
    {"doubled", "map(to : a[:n]) map(b[:n])",
     "right, but nobody there reads the b that is sent"},
    {"doubled", "map(to : a) map(from : b[:n])",
     "a is a pointer: write a[:n] for the numbers that it points to"},
    {"corrected", "map(to : a[:n]) map(from : b[:n])",
     "b[0] is 70010 on the host, not 100.5: this number was in the device's "
     "memory before"},
    {"found", "map(to : a[:n])",
     "last is -4 on the host, not 13.5, as before the loop: who brings it "
     "back?"},
    {"found", "map(to : a[:n]) map(from : last[:n])",
     "last is a number: it has no [:n]"},
    {"scaled", "map(tofrom : a[:n]) map(to : factor)",
     "right, but the number factor is sent without a clause"},
    {"squares", "map(to : a[:n]) map(from : b[:n], t[:n])",
     "right, but the host has this t already, or never looks at it: it comes "
     "back for nothing"},
    {"numbered", "", "a is not there: the device has no memory for it"},
    {"numbered", "map(from : x[:n])", "there is no x"},
    {"numbered", "map(from : a[:n]) map(to : a[:n])",
     "a is there twice: to and from is tofrom"},
    {"numbered", "private(a)",
     "'private(a)' is not understood: map(to : a[:n]) would be"},
    {"numbered", "map(from : a[:n] + 1)", "' + 1' is not understood"},
}};

}  // namespace

TEST(ClausesTest, EachMistakeHasItsOwnWords) {
    for (const Wrong& wrong : wrong_clauses) {
        const auto* const one = std::find_if(
            cases.begin(), cases.end(),
            [&](const Case& known) { return known.name == wrong.loop; });
        ASSERT_NE(one, cases.end()) << wrong.loop;
        EXPECT_EQ(complaint(*one, wrong.clauses), wrong.complaint)
            << wrong.loop << " with \"" << wrong.clauses << '"';
    }
}
