// For the race detector alone: keeps it from taking LLVM's task descriptors for
// races.
//
// A task's descriptor holds the values of its firstprivate variables. The
// thread that makes the task writes them, the one that runs it reads them, and
// the runtime then gives the memory to the next task. It knows that this is in
// order, the detector does not: libomp is not instrumented. Programs are linked
// with --wrap=__kmpc_omp_task_alloc, so that all descriptors are made here, and
// marked as not worth a report. What a task reaches by reference lies elsewhere
// and is watched as ever.

#include <cstddef>
#include <cstdint>

namespace {

/// How a task is entered (kmp.h of LLVM 14: kmp_routine_entry_t).
using Entry = std::int32_t (*)(std::int32_t thread, void* task);

}  // namespace

// Names that LLVM has chosen.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier)
extern "C" {
void AnnotateBenignRaceSized(const char* file, int line,
                             const volatile void* address, std::size_t size,
                             const char* description);

void* __real___kmpc_omp_task_alloc(void* location, std::int32_t thread,
                                   std::int32_t flags, std::size_t task_size,
                                   std::size_t shareds_size, Entry entry);

/// Makes a descriptor: `task_size` bytes with the task's private variables,
/// then, at the next multiple of a pointer's size, `shareds_size` bytes with
/// the addresses of its shared ones.
void* __wrap___kmpc_omp_task_alloc(void* location, std::int32_t thread,
                                   std::int32_t flags, std::size_t task_size,
                                   std::size_t shareds_size, Entry entry) {
    void* task = __real___kmpc_omp_task_alloc(location, thread, flags,
                                              task_size, shareds_size, entry);
    constexpr std::size_t word = sizeof(void*);
    const std::size_t size = (task_size + word - 1) / word * word;
    AnnotateBenignRaceSized(__FILE__, __LINE__, task, size + shareds_size,
                            "a task's descriptor");
    return task;
}
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier)
