// Restructured: 16 or 32 neighbouring points at once, for the lanes of a core.
//
// One instruction makes a step for several points. A point that has escaped
// goes on for nothing: it moves away ever faster. Counting takes time, so after
// a few steps with it we make many without. Where one escapes then, we go back.

#include <algorithm>

#include "mandelbrot.hpp"
#include "parts/points.hpp"

static Counts escape_times(const Numbers& x, double y, std::int64_t limit) {
    Points z = {.real = x, .imaginary = {}};
    z.imaginary.fill(y);
    Counts times = {};
    int inside = lanes;
    for (std::int64_t n = 0; inside > 0 && n < limit;) {
        int before = 0;
        do {
            before = inside;
            make_steps<few, true>(z, x, y, times);
            inside = count_inside(z);
            n += few;
        } while (0 < inside && inside < before && n < limit);

        const std::int64_t counted = n;  // of those inside, and of no other
        Points all_inside = z;
        while (inside > 0 && n < limit) {
            make_steps<many, false>(z, x, y, times);
            if (count_inside(z) < inside) break;
            all_inside = z;
            n += many;
        }
        z = all_inside;
        for (auto& time : times) {
            time = std::min(time == counted ? n : time, limit);
        }
    }
    return times;
}

int escape_time(double x, double y, int max_iterations) {
    return static_cast<int>(escape_times({x}, y, max_iterations).front());
}

void mandelbrot(const View& view, int max_iterations, EscapeTimes& result,
                WorkLog& log) {
#pragma omp parallel for schedule(runtime)
    for (int y = 0; y < view.height; ++y) {
        const WorkLog::Item noted = log.item(y);
        for (int x = 0; x < view.width; x += lanes) {
            Numbers real;
            for (int i = 0; i < lanes; ++i) real[i] = view.real(x + i);
            const Counts times =
                escape_times(real, view.imaginary(y), max_iterations);
            const int left = std::min(lanes, view.width - x);
            std::copy_n(times.begin(), left, &result.row(y)[x]);
        }
    }
}
