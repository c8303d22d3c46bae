// Lesson 26: which loops may be shared?
//
// Ask of every loop: does an iteration read or write what another one writes,
// or does it need its place in the order? parallel.cpp has the pragma where
// that leaves the result as it is.

#include "which_loops.hpp"

void doubled(const List& in, Result& out) {
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = 2 * in[i];
}

void running_sum(const List& in, Result& out) {
    for (std::size_t i = 1; i < in.size(); ++i) out[i] = out[i - 1] + in[i];
}

void series(const List& in, Result& out) {
    int j = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        for (j = 0; j < 8; ++j) out[i] += term(in[i], j);
    }
}

void histogram(const List& in, Result& out) {
    for (std::size_t i = 0; i < in.size(); ++i) {
        ++out[in[i]];
    }
}

void reciprocals(const List& in, Result& out) {
    double sum = 0.0;
    for (std::size_t i = 0; i < in.size(); ++i) sum += 1.0 / (1 + in[i]);
    out[0] = sum;
}

void last_value(const List& in, Result& out) {
    int last = 0;
    for (std::size_t i = 0; i < in.size(); ++i) last = in[i];
    if (!in.empty()) out[0] = last;
}

void collected(const List& in, Result& out) {
    out.clear();
    for (std::size_t i = 0; i < in.size(); ++i) out.push_back(in[i]);
}

void tickets(const List& in, Result& out) {
    static int ticket;
    ticket = 0;
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = ++ticket;
}

void draws(const List& in, Result& out) {
    restart_numbers();
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = next_number();
}

void copy(std::span<const double> from, std::span<double> to) {
    for (std::size_t i = 0; i < from.size(); ++i) to[i] = from[i];
}
