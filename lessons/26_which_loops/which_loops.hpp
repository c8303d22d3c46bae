#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

using List = std::vector<int>;
using Result = std::vector<double>;

// Twelve loops. Each makes `out` of `in`, where `out` begins with a zero for
// every element of `in` and one more, and has room for twice as many. No
// element of `in` is negative or larger than its index.

void doubled(const List& in, Result& out);
void running_sum(const List& in, Result& out);
void series(const List& in, Result& out);
void histogram(const List& in, Result& out);
void reciprocals(const List& in, Result& out);
void last_value(const List& in, Result& out);
void collected(const List& in, Result& out);
void tickets(const List& in, Result& out);
void draws(const List& in, Result& out);
/// Called with a list as `to`, and the same list without its first element as
/// `from`.
void copy(std::span<const double> from, std::span<double> to);
void search(const List& in, Result& out);
void halvings(const List& in, Result& out);

// What some of them call; its source is not shown.

/// The term of number `place` in the series 1 + x + x^2/2 + x^3/6 + ...
double term(int x, int place);
/// Begins again with 1, for next_number().
void restart_numbers();
/// 1, 2, 3 ... from a counter that the whole program shares.
int next_number();

/// The loops' names.
enum class Loop {
    doubled,
    running_sum,
    series,
    histogram,
    reciprocals,
    last_value,
    collected,
    tickets,
    draws,
    copy,
    search,
    halvings
};

/// May a loop have `#pragma omp parallel for` so that it makes the same `out`
/// as without it (but for the last digits of a sum)?
enum class Answer {
    yes,               ///< as it is: no iteration needs another one
    with_private,      ///< each thread needs its own copy of a variable
    with_lastprivate,  ///< that, and the last iteration's value is used after
    with_protection,   ///< iterations add to the same variable or element: a
                       ///< reduction, or `atomic`
    no_count,          ///< no: how many iterations there are is not known when
                       ///< the loop begins
    no_order,          ///< no: an iteration reads or writes elements that
                       ///< another one writes, and the order matters
    no_hidden_state    ///< no: all iterations change one object, which gives
                     ///< them places or numbers in the order in which they come
};

/// A loop, and the answer for it.
struct Judgement {
    Loop loop;
    Answer answer;
};

/// The exercise: an answer for each of the twelve loops.
std::array<Judgement, 12> judgements();
