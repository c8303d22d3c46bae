// The functions of MPI, whether it is installed or not.
//
// Where it is, this is mpi.h. Elsewhere a program is always one process, which
// has nobody to talk to: here are the names that the lesson uses, for functions
// that are never called.

#pragma once

#ifdef WORKBOOK_MPI
#include <mpi.h>
#else
// NOLINTBEGIN(readability-identifier-naming): the names of mpi.h
struct MPI_Status {
    int MPI_SOURCE = 0;
    int MPI_TAG = 0;
};
using MPI_Win = int;
using MPI_Aint = int;
enum {
    MPI_COMM_WORLD,
    MPI_INFO_NULL,
    MPI_INT,
    MPI_SUM,
    MPI_ANY_SOURCE,
    MPI_ANY_TAG,
    MPI_THREAD_FUNNELED
};
#define NOT_CALLED(function)                 \
    template <typename... Any>               \
    int function(const Any&... /*unused*/) { \
        return 0;                            \
    }
NOT_CALLED(MPI_Init_thread)
NOT_CALLED(MPI_Finalize)
NOT_CALLED(MPI_Abort)
NOT_CALLED(MPI_Comm_rank)
NOT_CALLED(MPI_Comm_size)
NOT_CALLED(MPI_Barrier)
NOT_CALLED(MPI_Bcast)
NOT_CALLED(MPI_Send)
NOT_CALLED(MPI_Probe)
NOT_CALLED(MPI_Get_count)
NOT_CALLED(MPI_Recv)
NOT_CALLED(MPI_Win_allocate)
NOT_CALLED(MPI_Win_lock_all)
NOT_CALLED(MPI_Win_flush)
NOT_CALLED(MPI_Win_unlock_all)
NOT_CALLED(MPI_Win_free)
NOT_CALLED(MPI_Fetch_and_op)
#undef NOT_CALLED
// NOLINTEND(readability-identifier-naming)
#endif
