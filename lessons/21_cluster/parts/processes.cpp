#include "processes.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include "mpi.hpp"

namespace {

constexpr int rows_at_a_time = 16;

/// Whether several processes are there, or may be: what Open MPI's mpirun, srun
/// --mpi=pmix and MPICH's mpirun say. A program that one starts by itself does
/// without MPI, which would first start a process of its own.
bool was_started_with_others() {
#ifdef WORKBOOK_MPI
    constexpr std::array names = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK",
                                  "PMI_RANK"};
    return std::ranges::any_of(
        names, [](const char* name) { return std::getenv(name) != nullptr; });
#else
    return false;
#endif
}

/// What Connection has found.
Processes here;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

/// Process 0 says to all the others whether there is another picture.
bool say_whether(bool there_is) {
    int more = there_is ? 1 : 0;
    if (here.count > 1) MPI_Bcast(&more, 1, MPI_INT, 0, MPI_COMM_WORLD);
    return more != 0;
}

}  // namespace

Processes processes() { return here; }

Connection::Connection() {
    if (!was_started_with_others()) return;
    int given = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &given);
    if (given < MPI_THREAD_FUNNELED) {
        throw std::runtime_error("this MPI does not allow threads");
    }
    MPI_Comm_rank(MPI_COMM_WORLD, &here.number);
    MPI_Comm_size(MPI_COMM_WORLD, &here.count);
}

Connection::~Connection() {
    if (!was_started_with_others()) return;
    if (here.number == 0) {
        say_whether(false);
    } else if (!is_over_ && is_called()) {
        MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);  // the others wait for us
    }
    MPI_Finalize();
}

void Connection::call_others() { say_whether(true); }

bool Connection::is_called() {
    is_over_ = !say_whether(true);
    return !is_over_;
}

std::string Connection::how_to_start() {
#ifdef WORKBOOK_MPI
    return "one process: start two by mpirun -n 2 --bind-to none "
           "build/lessons/21_cluster/cluster\n";
#else
    return "one process: this build has no MPI; to install it, sh "
           "common/programs/packages.sh cluster && cmake build\n";
#endif
}

Rows block(int rows, Processes of) {
    return {rows * of.number / of.count, rows * (of.number + 1) / of.count};
}

struct RowQueue::Number {
    int alone = 0;         ///< the number, where there is one process
    int* first = nullptr;  ///< the number, in process 0
    MPI_Win window{};      ///< by which all processes reach it
};

RowQueue::RowQueue(int rows)
    : number_(std::make_unique<Number>()), rows_(rows) {
    if (here.count == 1) return;
    const MPI_Aint bytes = here.number == 0 ? sizeof(int) : 0;
    MPI_Win_allocate(bytes, sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD,
                     &number_->first, &number_->window);
    if (here.number == 0) *number_->first = 0;
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Win_lock_all(0, number_->window);
}

RowQueue::~RowQueue() {
    if (here.count == 1) return;
    MPI_Win_unlock_all(number_->window);
    MPI_Win_free(&number_->window);
}

std::optional<Rows> RowQueue::take() {
    int first = number_->alone;
    if (here.count == 1) {
        number_->alone += rows_at_a_time;
    } else {
        // Reads the number of process 0 and adds to it, in one step.
        MPI_Fetch_and_op(&rows_at_a_time, &first, MPI_INT, 0, 0, MPI_SUM,
                         number_->window);
        MPI_Win_flush(0, number_->window);
    }
    if (first >= rows_) return std::nullopt;
    return Rows{first, std::min(first + rows_at_a_time, rows_)};
}
