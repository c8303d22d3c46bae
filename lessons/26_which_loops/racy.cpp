// Wrong on purpose: every loop has the pragma, and no clause.

#include "which_loops.hpp"

void doubled(const List& in, Result& out) {
#pragma omp parallel for
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = 2 * in[i];
}

void running_sum(const List& in, Result& out) {
#pragma omp parallel for
    for (std::size_t i = 1; i < in.size(); ++i) out[i] = out[i - 1] + in[i];
}

void series(const List& in, Result& out) {
    int j = 0;
#pragma omp parallel for
    for (std::size_t i = 0; i < in.size(); ++i) {
        for (j = 0; j < 8; ++j) out[i] += term(in[i], j);
    }
}

void histogram(const List& in, Result& out) {
#pragma omp parallel for
    for (std::size_t i = 0; i < in.size(); ++i) {
        ++out[in[i]];
    }
}

void reciprocals(const List& in, Result& out) {
    double sum = 0.0;
#pragma omp parallel for
    for (std::size_t i = 0; i < in.size(); ++i) sum += 1.0 / (1 + in[i]);
    out[0] = sum;
}

void last_value(const List& in, Result& out) {
    int last = 0;
#pragma omp parallel for
    for (std::size_t i = 0; i < in.size(); ++i) last = in[i];
    if (!in.empty()) out[0] = last;
}

void collected(const List& in, Result& out) {
    out.clear();
#pragma omp parallel for
    for (std::size_t i = 0; i < in.size(); ++i) out.push_back(in[i]);
}

void tickets(const List& in, Result& out) {
    static int ticket;
    ticket = 0;
#pragma omp parallel for
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = ++ticket;
}

void draws(const List& in, Result& out) {
    restart_numbers();
#pragma omp parallel for
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = next_number();
}

void copy(std::span<const double> from, std::span<double> to) {
#pragma omp parallel for
    for (std::size_t i = 0; i < from.size(); ++i) to[i] = from[i];
}
