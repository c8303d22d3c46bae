// Exercise 26: which loops may be shared?
//
// An answer for each loop: `make check-26` tries out what you say.
// which_loops.hpp lists the answers. As it is, this file says yes to
// everything.

#include "which_loops.hpp"

std::array<Judgement, 12> judgements() {
    return {{
        {Loop::doubled, Answer::yes},
        {Loop::running_sum, Answer::yes},
        {Loop::series, Answer::yes},
        {Loop::histogram, Answer::yes},
        {Loop::reciprocals, Answer::yes},
        {Loop::last_value, Answer::yes},
        {Loop::collected, Answer::yes},
        {Loop::tickets, Answer::yes},
        {Loop::draws, Answer::yes},
        {Loop::copy, Answer::yes},
        {Loop::search, Answer::yes},
        {Loop::halvings, Answer::yes},
    }};
}
