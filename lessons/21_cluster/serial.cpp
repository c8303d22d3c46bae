// Lesson 21: the Mandelbrot set, by a cluster
//
// The loop of lesson 12: no row needs another one, so rows may be done in any
// order, by any thread. All threads write into one picture, because they are
// threads of one process: they share its memory.

#include "cluster.hpp"
#include "common/timer.hpp"

Share mandelbrot(const View& view, int max_iterations, Sharing /*sharing*/,
                 EscapeTimes& result, WorkLog& log) {
    const Timer timer;
    for (int y = 0; y < view.height; ++y) {
        const WorkLog::Item noted = log.item(y);
        compute_row(view, y, max_iterations, result.row(y));
    }
    return {.rows = view.height, .computing = timer.seconds()};
}
