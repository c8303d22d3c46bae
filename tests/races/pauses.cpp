// For the race detector alone: makes threads pause where they come to a lock, a
// shared loop, a `single` or a task, so that they meet in orders that are
// otherwise rare; and tells the detector of `ordered depend`, of which Archer
// knows nothing.

#include "tests/races/pauses.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace {

/// Counts the times that pauses were switched; odd: they are on.
std::atomic<int> switched = 0;

/// For programs that switch nothing: RACE_PAUSES=1 (tests/races/measure.sh).
[[gnu::constructor]] void pause_from_the_start() {
    const char* const asked = std::getenv("RACE_PAUSES");
    if (asked != nullptr && *asked == '1') switch_pauses();
}

/// At a place in four a pause of up to 2 ms, at most 25 for a thread.
[[clang::disable_sanitizer_instrumentation]] void come_late() {
    constexpr int at_most = 25;
    constexpr std::uint32_t longest = 2'000;  // microseconds
    thread_local int since = 0;
    thread_local int taken = 0;
    thread_local auto random = static_cast<std::uint32_t>(gettid());
    const int now = switched.load(std::memory_order_relaxed);
    if (now % 2 == 0) return;
    if (since != now) taken = 0;
    since = now;
    random = random * 1'664'525U + 1'013'904'223U;
    if (random >> 30U != 0 || taken == at_most) return;
    ++taken;
    usleep((random >> 8U) % longest);
}

}  // namespace

void switch_pauses() { switched.fetch_add(1, std::memory_order_relaxed); }

// Names that LLVM and the sanitizer have chosen (kmp.h of LLVM).
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier)
extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);

void __real___kmpc_critical(void* location, std::int32_t thread, void* lock);
[[clang::disable_sanitizer_instrumentation]] void __wrap___kmpc_critical(
    void* location, std::int32_t thread, void* lock) {
    come_late();
    __real___kmpc_critical(location, thread, lock);
}

void __real_omp_set_lock(void* lock);
[[clang::disable_sanitizer_instrumentation]] void __wrap_omp_set_lock(
    void* lock) {
    come_late();
    __real_omp_set_lock(lock);
}

std::int32_t __real___kmpc_single(void* location, std::int32_t thread);
[[clang::disable_sanitizer_instrumentation]] std::int32_t __wrap___kmpc_single(
    void* location, std::int32_t thread) {
    come_late();
    return __real___kmpc_single(location, thread);
}

// The bounds are of 4 or 8 bytes; we only hand them on.
std::int32_t __real___kmpc_dispatch_next_4(void* location, std::int32_t thread,
                                           void* last, void* lower, void* upper,
                                           void* stride);
[[clang::disable_sanitizer_instrumentation]] std::int32_t
__wrap___kmpc_dispatch_next_4(void* location, std::int32_t thread, void* last,
                              void* lower, void* upper, void* stride) {
    come_late();
    return __real___kmpc_dispatch_next_4(location, thread, last, lower, upper,
                                         stride);
}
std::int32_t __real___kmpc_dispatch_next_4u(void* location, std::int32_t thread,
                                            void* last, void* lower,
                                            void* upper, void* stride);
[[clang::disable_sanitizer_instrumentation]] std::int32_t
__wrap___kmpc_dispatch_next_4u(void* location, std::int32_t thread, void* last,
                               void* lower, void* upper, void* stride) {
    come_late();
    return __real___kmpc_dispatch_next_4u(location, thread, last, lower, upper,
                                          stride);
}
std::int32_t __real___kmpc_dispatch_next_8(void* location, std::int32_t thread,
                                           void* last, void* lower, void* upper,
                                           void* stride);
[[clang::disable_sanitizer_instrumentation]] std::int32_t
__wrap___kmpc_dispatch_next_8(void* location, std::int32_t thread, void* last,
                              void* lower, void* upper, void* stride) {
    come_late();
    return __real___kmpc_dispatch_next_8(location, thread, last, lower, upper,
                                         stride);
}
std::int32_t __real___kmpc_dispatch_next_8u(void* location, std::int32_t thread,
                                            void* last, void* lower,
                                            void* upper, void* stride);
[[clang::disable_sanitizer_instrumentation]] std::int32_t
__wrap___kmpc_dispatch_next_8u(void* location, std::int32_t thread, void* last,
                               void* lower, void* upper, void* stride) {
    come_late();
    return __real___kmpc_dispatch_next_8u(location, thread, last, lower, upper,
                                          stride);
}

/// What waits for iteration (i, ...) sees what was done before it was over. All
/// iterations with the same i are taken for one: that may hide a race.
[[clang::disable_sanitizer_instrumentation]] static void* sign_of(
    const std::int64_t* iteration) {
    constexpr std::uint64_t count = 4'096;
    static char signs[count];  // NOLINT: nothing but addresses
    return &signs[static_cast<std::uint64_t>(*iteration) % count];
}
void __real___kmpc_doacross_wait(void* location, std::int32_t thread,
                                 const std::int64_t* iteration);
[[clang::disable_sanitizer_instrumentation]] void __wrap___kmpc_doacross_wait(
    void* location, std::int32_t thread, const std::int64_t* iteration) {
    __real___kmpc_doacross_wait(location, thread, iteration);
    __tsan_acquire(sign_of(iteration));
}
void __real___kmpc_doacross_post(void* location, std::int32_t thread,
                                 const std::int64_t* iteration);
[[clang::disable_sanitizer_instrumentation]] void __wrap___kmpc_doacross_post(
    void* location, std::int32_t thread, const std::int64_t* iteration) {
    __tsan_release(sign_of(iteration));
    __real___kmpc_doacross_post(location, thread, iteration);
}
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier)
