// Exercise 22: what has to move?
//
// Two questions for each array: does the loop read a value that the host has
// made? (to) Does the host need a value that the loop has made? (from) Where
// the loop leaves elements as they are, the device needs them, too, or
// something else comes back in their place.

#include "accelerator.hpp"

std::array<Mapped, 8> clauses() {
    return {{
        {Loop::doubled, "map(to : a[:n]) map(from : b[:n])"},
        {Loop::added, "map(tofrom : a[:n]) map(to : b[:n])"},
        {Loop::numbered, "map(from : a[:n])"},
        {Loop::corrected, "map(to : a[:n]) map(tofrom : b[:n])"},
        {Loop::scaled, "map(tofrom : a[:n])"},
        {Loop::found, "map(to : a[:n]) map(from : last)"},
        {Loop::squares, "map(to : a[:n]) map(from : b[:n]) map(alloc : t[:n])"},
        {Loop::smoothed, "map(tofrom : a[:n]) map(from : b[:n])"},
    }};
}
