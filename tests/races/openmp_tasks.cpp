// For the race detector alone: keeps it from taking LLVM's task descriptors for
// races.
//
// A task's descriptor holds the values of its firstprivate variables. The
// thread that makes the task writes them, the one that runs it reads them, and
// the runtime then gives the memory to the next task. It knows that this is in
// order, the detector does not: libomp is not instrumented. Programs are linked
// with --wrap, so that the program gets a copy of each descriptor, in memory
// that is never used again, and the runtime sees its own one. So the detector
// watches firstprivate variables like all others.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

struct Task;

/// How a task is entered (kmp.h of LLVM: kmp_routine_entry_t).
using Entry = std::int32_t (*)(std::int32_t thread, Task* task);

/// What a descriptor begins with (kmp.h of LLVM: kmp_task_t). The values of
/// private variables follow, and then, where `shareds` says, the addresses of
/// shared ones.
struct Task {
    void* shareds;
    Entry routine;
    std::int32_t part_id;
    Entry destructors;
    void* priority;
};

/// What the program has instead of a descriptor.
struct Copy {
    std::uint64_t mark;  ///< that it is one
    Task* own;           ///< the runtime's descriptor
    void* location;
    std::int32_t flags;
    std::size_t task_size;
    std::size_t shareds_size;
    alignas(std::max_align_t) Task task;
};

constexpr std::uint64_t copy_mark = 0x7461'736B'2063'6F70;
constexpr std::int32_t is_tied = 0x1;
constexpr std::int32_t has_destructors = 0x8;

[[clang::disable_sanitizer_instrumentation]] Copy& copy_of(Task* task) {
    char* const bytes = reinterpret_cast<char*>(task) - offsetof(Copy, task);
    return *reinterpret_cast<Copy*>(bytes);
}

/// The runtime enters a task here.
[[clang::disable_sanitizer_instrumentation]] std::int32_t run(
    std::int32_t thread, Task* own) {
    Task* const task = *static_cast<Task**>(own->shareds);
    const std::int32_t result = task->routine(thread, task);
    const std::int32_t flags = copy_of(task).flags;
    if ((flags & has_destructors) != 0 && (flags & is_tied) != 0) {
        task->destructors(thread, task);
    }
    return result;
}

}  // namespace

// Names that LLVM has chosen.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier)
extern "C" {
void AnnotateBenignRaceSized(const char* file, int line,
                             const volatile void* address, std::size_t size,
                             const char* description);

Task* __real___kmpc_omp_task_alloc(void* location, std::int32_t thread,
                                   std::int32_t flags, std::size_t task_size,
                                   std::size_t shareds_size, Entry entry);

[[clang::disable_sanitizer_instrumentation]] Task* __wrap___kmpc_omp_task_alloc(
    void* location, std::int32_t /*thread*/, std::int32_t flags,
    std::size_t task_size, std::size_t shareds_size, Entry entry) {
    constexpr std::size_t word = sizeof(void*);
    const std::size_t size = (task_size + word - 1) / word * word;
    auto* const copy = static_cast<Copy*>(
        std::calloc(1, offsetof(Copy, task) + size + shareds_size));
    if (copy == nullptr) std::abort();
    copy->mark = copy_mark;
    copy->location = location;
    copy->flags = flags;
    copy->task_size = size;
    copy->shareds_size = shareds_size;
    if (shareds_size > 0) {
        copy->task.shareds = reinterpret_cast<char*>(&copy->task) + size;
    }
    copy->task.routine = entry;
    return &copy->task;
}

/// The runtime's descriptor; `task` itself where it was made in another way.
/// From here on the runtime waits for the task.
[[clang::disable_sanitizer_instrumentation]] static Task* own_of(
    Task* task, std::int32_t thread) {
    Copy& copy = copy_of(task);
    if (copy.mark != copy_mark) return task;
    if (copy.own == nullptr) {
        copy.own = __real___kmpc_omp_task_alloc(
            copy.location, thread, copy.flags & ~has_destructors, sizeof(Task),
            sizeof(void*), run);
        *static_cast<Task**>(copy.own->shareds) = task;
    }
    return copy.own;
}

/// The loop's tasks are copies that the runtime makes of a whole descriptor.
[[clang::disable_sanitizer_instrumentation]] static Task* whole(
    Task* task, std::int32_t thread) {
    const Copy& copy = copy_of(task);
    Task* const own = __real___kmpc_omp_task_alloc(
        copy.location, thread, copy.flags, copy.task_size, copy.shareds_size,
        task->routine);
    AnnotateBenignRaceSized(__FILE__, __LINE__, own,
                            copy.task_size + copy.shareds_size,
                            "a task's descriptor");
    void* const shareds = own->shareds;
    std::memcpy(own, task, copy.task_size);
    own->shareds = shareds;
    if (shareds != nullptr) {
        std::memcpy(shareds, task->shareds, copy.shareds_size);
    }
    return own;
}

/// The address that a loop's bound has in `own`: it is a value in the
/// descriptor.
[[clang::disable_sanitizer_instrumentation]] static std::uint64_t* in(
    Task* own, const Task* task, const std::uint64_t* bound) {
    return reinterpret_cast<std::uint64_t*>(
        reinterpret_cast<char*>(own) + (reinterpret_cast<const char*>(bound) -
                                        reinterpret_cast<const char*>(task)));
}

void __real___kmpc_taskloop(void* location, std::int32_t thread, Task* task,
                            std::int32_t if_value, std::uint64_t* lower,
                            std::uint64_t* upper, std::int64_t stride,
                            std::int32_t nogroup, std::int32_t schedule,
                            std::uint64_t grainsize, void* duplicate);
[[clang::disable_sanitizer_instrumentation]] void __wrap___kmpc_taskloop(
    void* location, std::int32_t thread, Task* task, std::int32_t if_value,
    std::uint64_t* lower, std::uint64_t* upper, std::int64_t stride,
    std::int32_t nogroup, std::int32_t schedule, std::uint64_t grainsize,
    void* duplicate) {
    Task* const own = whole(task, thread);
    __real___kmpc_taskloop(location, thread, own, if_value,
                           in(own, task, lower), in(own, task, upper), stride,
                           nogroup, schedule, grainsize, duplicate);
}

void __real___kmpc_taskloop_5(void* location, std::int32_t thread, Task* task,
                              std::int32_t if_value, std::uint64_t* lower,
                              std::uint64_t* upper, std::int64_t stride,
                              std::int32_t nogroup, std::int32_t schedule,
                              std::uint64_t grainsize, std::int32_t modifier,
                              void* duplicate);
[[clang::disable_sanitizer_instrumentation]] void __wrap___kmpc_taskloop_5(
    void* location, std::int32_t thread, Task* task, std::int32_t if_value,
    std::uint64_t* lower, std::uint64_t* upper, std::int64_t stride,
    std::int32_t nogroup, std::int32_t schedule, std::uint64_t grainsize,
    std::int32_t modifier, void* duplicate) {
    Task* const own = whole(task, thread);
    __real___kmpc_taskloop_5(location, thread, own, if_value,
                             in(own, task, lower), in(own, task, upper), stride,
                             nogroup, schedule, grainsize, modifier, duplicate);
}

std::int32_t __real___kmpc_omp_reg_task_with_affinity(void* location,
                                                      std::int32_t thread,
                                                      Task* task,
                                                      std::int32_t count,
                                                      void* places);
[[clang::disable_sanitizer_instrumentation]] std::int32_t
__wrap___kmpc_omp_reg_task_with_affinity(void* location, std::int32_t thread,
                                         Task* task, std::int32_t count,
                                         void* places) {
    return __real___kmpc_omp_reg_task_with_affinity(
        location, thread, own_of(task, thread), count, places);
}

std::int32_t __real___kmpc_omp_task(void* location, std::int32_t thread,
                                    Task* task);
[[clang::disable_sanitizer_instrumentation]] std::int32_t
__wrap___kmpc_omp_task(void* location, std::int32_t thread, Task* task) {
    return __real___kmpc_omp_task(location, thread, own_of(task, thread));
}

std::int32_t __real___kmpc_omp_task_with_deps(
    void* location, std::int32_t thread, Task* task, std::int32_t count,
    void* dependences, std::int32_t count_unaliased, void* unaliased);
[[clang::disable_sanitizer_instrumentation]] std::int32_t
__wrap___kmpc_omp_task_with_deps(void* location, std::int32_t thread,
                                 Task* task, std::int32_t count,
                                 void* dependences,
                                 std::int32_t count_unaliased,
                                 void* unaliased) {
    return __real___kmpc_omp_task_with_deps(
        location, thread, own_of(task, thread), count, dependences,
        count_unaliased, unaliased);
}

void __real___kmpc_omp_task_begin_if0(void* location, std::int32_t thread,
                                      Task* task);
[[clang::disable_sanitizer_instrumentation]] void
__wrap___kmpc_omp_task_begin_if0(void* location, std::int32_t thread,
                                 Task* task) {
    __real___kmpc_omp_task_begin_if0(location, thread, own_of(task, thread));
}

void __real___kmpc_omp_task_complete_if0(void* location, std::int32_t thread,
                                         Task* task);
[[clang::disable_sanitizer_instrumentation]] void
__wrap___kmpc_omp_task_complete_if0(void* location, std::int32_t thread,
                                    Task* task) {
    __real___kmpc_omp_task_complete_if0(location, thread, own_of(task, thread));
}

void* __real___kmpc_task_allow_completion_event(void* location,
                                                std::int32_t thread,
                                                Task* task);
[[clang::disable_sanitizer_instrumentation]] void*
__wrap___kmpc_task_allow_completion_event(void* location, std::int32_t thread,
                                          Task* task) {
    return __real___kmpc_task_allow_completion_event(location, thread,
                                                     own_of(task, thread));
}
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier)
