// Two loops that no version shares: the compiler refuses the pragma.

#include "which_loops.hpp"

void search(const List& in, Result& out) {
    for (std::size_t i = 0; i < in.size(); ++i) {
        if (in[i] != 7) continue;
        out[0] = static_cast<double>(i);
        break;
    }
}

void halvings(const List& in, Result& out) {
    std::size_t size = in.size();
    while (size > 1) {
        size /= 2;
        ++out[0];
    }
}
