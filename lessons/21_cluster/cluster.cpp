// Restructured: processes share the rows, and the threads of each its part.
//
// A process does not see another one's memory. So each has a whole picture of
// its own, fills in its rows, and sends these to process 0. Only the thread
// with which a process began sends and receives (MPI_THREAD_FUNNELED).

#include "cluster.hpp"

#include "common/timer.hpp"
#include "parts/mpi.hpp"

Share mandelbrot(const View& view, int max_iterations, Sharing sharing,
                 EscapeTimes& result, WorkLog& log) {
    const Processes here = processes();
    std::vector<Rows> mine;
    Share share;
    const auto compute = [&](Rows rows) {
        const Timer timer;
#pragma omp parallel for schedule(dynamic)
        for (int y = rows.begin; y < rows.end; ++y) {
            const WorkLog::Item noted = log.item(y);
            compute_row(view, y, max_iterations, result.row(y));
        }
        share.computing += timer.seconds();
        share.rows += rows.size();
        if (rows.size() > 0) mine.push_back(rows);
    };
    const Timer whole;
    if (sharing == Sharing::blocks) {
        compute(block(view.height, here));
    } else {
        RowQueue queue(view.height);
        while (const auto rows = queue.take()) compute(*rows);
    }
    if (here.count == 1) return share;  // it has all rows
    MPI_Barrier(MPI_COMM_WORLD);        // wait until all rows are computed
    share.waiting = whole.seconds() - share.computing;

    const Timer messages;
    for (const Rows rows : mine) {
        if (here.number == 0) break;
        MPI_Send(result.row(rows.begin).data(), rows.size() * view.width,
                 MPI_INT, 0, rows.begin, MPI_COMM_WORLD);
    }
    int missing = (view.height - share.rows) * view.width;
    while (here.number == 0 && missing > 0) {
        MPI_Status rows;
        MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &rows);
        int pixels = 0;
        MPI_Get_count(&rows, MPI_INT, &pixels);
        MPI_Recv(result.row(rows.MPI_TAG).data(), pixels, MPI_INT,
                 rows.MPI_SOURCE, rows.MPI_TAG, MPI_COMM_WORLD, &rows);
        missing -= pixels;
    }
    share.messages = messages.seconds();
    return share;
}
