// The functions of the OpenMP runtime, whether OpenMP is on or off.
//
// Where a file is compiled with OpenMP this is omp.h. Elsewhere it is the few
// routines that the workbook calls, each with the value that the OpenMP
// specification (5.2, chapter 18) gives for a program of one thread.

#pragma once

#ifdef _OPENMP
#include <omp.h>
#else

/// Kinds of loop schedule, numbered as in omp.h.
enum omp_sched_t {  // NOLINT(readability-identifier-naming): omp.h's name
    omp_sched_static = 1,
    omp_sched_dynamic = 2,
    omp_sched_guided = 3,
    omp_sched_auto = 4
};

/// Kinds of pause.
enum omp_pause_resource_t {  // NOLINT(readability-identifier-naming)
    omp_pause_soft = 1
};

/// A lock, for which no other thread can wait.
struct omp_lock_t {};  // NOLINT(readability-identifier-naming): omp.h's name

[[maybe_unused]] static int omp_pause_resource_all(
    omp_pause_resource_t /*kind*/) {
    return 0;
}
[[maybe_unused]] static int omp_get_thread_num() { return 0; }
[[maybe_unused]] static int omp_get_num_threads() { return 1; }
[[maybe_unused]] static int omp_get_max_threads() { return 1; }
[[maybe_unused]] static int omp_get_num_procs() { return 1; }
[[maybe_unused]] static void omp_set_num_threads(int /*threads*/) {}
[[maybe_unused]] static void omp_set_dynamic(int /*on*/) {}
[[maybe_unused]] static void omp_set_schedule(omp_sched_t /*kind*/,
                                              int /*chunk*/) {}
[[maybe_unused]] static void omp_get_schedule(omp_sched_t* kind, int* chunk) {
    *kind = omp_sched_static;
    *chunk = 0;
}
[[maybe_unused]] static int omp_get_num_devices() { return 0; }
[[maybe_unused]] static int omp_get_default_device() { return 0; }
[[maybe_unused]] static int omp_is_initial_device() { return 1; }
[[maybe_unused]] static void omp_init_lock(omp_lock_t* /*lock*/) {}
[[maybe_unused]] static void omp_destroy_lock(omp_lock_t* /*lock*/) {}
[[maybe_unused]] static void omp_set_lock(omp_lock_t* /*lock*/) {}
[[maybe_unused]] static void omp_unset_lock(omp_lock_t* /*lock*/) {}

#endif
