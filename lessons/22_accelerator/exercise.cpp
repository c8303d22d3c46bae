// Exercise 22: what has to move?
//
// Each loop runs on a device that has a memory of its own. With these clauses
// nearly everything moves there and back: most results are right, and most
// loops wait for data that nobody needs. accelerator.hpp shows the loops.

#include "accelerator.hpp"

std::array<Mapped, 8> clauses() {
    return {{
        {Loop::doubled, "map(tofrom : a[:n], b[:n])"},
        {Loop::added, "map(tofrom : a[:n], b[:n])"},
        {Loop::numbered, "map(tofrom : a[:n])"},
        {Loop::corrected, "map(tofrom : a[:n], b[:n])"},
        {Loop::scaled, "map(tofrom : a[:n])"},
        {Loop::found, "map(tofrom : a[:n])"},
        {Loop::squares, "map(tofrom : a[:n], b[:n], t[:n])"},
        {Loop::smoothed, "map(tofrom : a[:n], b[:n])"},
    }};
}
