// Exercise 26: which loops may be shared?
//
// Two questions decide: what does an iteration touch that another one touches
// as well, and does it matter which of the two is first?

#include "which_loops.hpp"

std::array<Judgement, 12> judgements() {
    return {{
        {Loop::doubled, Answer::yes},
        {Loop::running_sum, Answer::no_order},  // out[i - 1]
        {Loop::series, Answer::with_private},   // j
        {Loop::histogram, Answer::with_protection},
        {Loop::reciprocals, Answer::with_protection},
        {Loop::last_value, Answer::with_lastprivate},
        {Loop::collected, Answer::no_hidden_state},  // the vector's size
        {Loop::tickets, Answer::no_hidden_state},
        {Loop::draws, Answer::no_hidden_state},  // in next_number()
        {Loop::copy, Answer::no_order},          // to[i] is from[i - 1]
        {Loop::search, Answer::no_count},        // break
        {Loop::halvings, Answer::no_count},      // while
    }};
}
