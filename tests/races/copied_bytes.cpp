// For the race detector alone: lets it see bytes that are copied or filled.
//
// A compiler may copy a struct by calling memcpy. ThreadSanitizer watches that
// function itself, but under ignore_noninstrumented_modules=1, without which it
// takes the OpenMP runtime for racy, it overlooks these calls altogether: a
// shared `Pixel` that is only ever assigned would race unseen. Programs are
// linked with --wrap=memcpy and so on, so that each call tells the detector
// here what it is about to read and write, and on which line. Later versions of
// clang++ (19 does) call __tsan_memcpy for it: the same, by another name.

#include <cstddef>

// Names that the linker and the sanitizer have chosen.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier)
extern "C" {
void __tsan_read_range_pc(void* address, unsigned long size, void* caller);
void __tsan_write_range_pc(void* address, unsigned long size, void* caller);

void* __real_memcpy(void* to, const void* from, std::size_t size);
void* __real_memmove(void* to, const void* from, std::size_t size);
void* __real_memset(void* to, int value, std::size_t size);

[[clang::disable_sanitizer_instrumentation]]  // not in stack traces
void* __wrap_memcpy(void* to, const void* from, std::size_t size) {
    void* caller = __builtin_return_address(0);
    __tsan_read_range_pc(const_cast<void*>(from), size, caller);
    __tsan_write_range_pc(to, size, caller);
    return __real_memcpy(to, from, size);
}

[[clang::disable_sanitizer_instrumentation]] void* __wrap_memmove(
    void* to, const void* from, std::size_t size) {
    void* caller = __builtin_return_address(0);
    __tsan_read_range_pc(const_cast<void*>(from), size, caller);
    __tsan_write_range_pc(to, size, caller);
    return __real_memmove(to, from, size);
}

[[clang::disable_sanitizer_instrumentation]] void* __wrap_memset(
    void* to, int value, std::size_t size) {
    __tsan_write_range_pc(to, size, __builtin_return_address(0));
    return __real_memset(to, value, size);
}

void* __wrap___tsan_memcpy(void* to, const void* from, std::size_t size)
    __attribute__((alias("__wrap_memcpy")));
void* __wrap___tsan_memmove(void* to, const void* from, std::size_t size)
    __attribute__((alias("__wrap_memmove")));
void* __wrap___tsan_memset(void* to, int value, std::size_t size)
    __attribute__((alias("__wrap_memset")));
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier)
