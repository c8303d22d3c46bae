// For the race detector alone: lets it see what library functions write. The C
// and C++ libraries are not instrumented, so text that all threads print into
// one array, a stream that they share or the hidden state of rand() would race
// unseen. Programs are linked with --wrap=snprintf and so on, so that each call
// tells the detector here what it writes, and on which line.

#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>

// Names that the linker, the compiler and the sanitizer have chosen.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier)
extern "C" {
void __tsan_read_range_pc(void* address, unsigned long size, void* caller);
void __tsan_write_range_pc(void* address, unsigned long size, void* caller);

int __real_vsnprintf(char* to, std::size_t size, const char* format,
                     va_list arguments);

[[clang::disable_sanitizer_instrumentation]] static int print(
    char* to, std::size_t size, const char* format, va_list arguments,
    void* caller) {
    const int length = __real_vsnprintf(to, size, format, arguments);
    if (length >= 0 && size > 0) {
        const std::size_t written = static_cast<std::size_t>(length) + 1;
        __tsan_write_range_pc(to, written < size ? written : size, caller);
    }
    return length;
}
[[clang::disable_sanitizer_instrumentation]] int __wrap_vsnprintf(
    char* to, std::size_t size, const char* format, va_list arguments) {
    return print(to, size, format, arguments, __builtin_return_address(0));
}
[[clang::disable_sanitizer_instrumentation]] int __wrap_snprintf(
    char* to, std::size_t size, const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int length =
        print(to, size, format, arguments, __builtin_return_address(0));
    va_end(arguments);
    return length;
}
[[clang::disable_sanitizer_instrumentation]] int __wrap_sprintf(
    char* to, const char* format, ...) {
    constexpr std::size_t no_limit = static_cast<std::size_t>(1) << 30;
    va_list arguments;
    va_start(arguments, format);
    const int length =
        print(to, no_limit, format, arguments, __builtin_return_address(0));
    va_end(arguments);
    return length;
}

char* __real_strcpy(char* to, const char* from);
[[clang::disable_sanitizer_instrumentation]] char* __wrap_strcpy(
    char* to, const char* from) {
    void* caller = __builtin_return_address(0);
    const std::size_t size = std::strlen(from) + 1;
    __tsan_read_range_pc(const_cast<char*>(from), size, caller);
    __tsan_write_range_pc(to, size, caller);
    return __real_strcpy(to, from);
}
char* __real_strcat(char* to, const char* from);
[[clang::disable_sanitizer_instrumentation]] char* __wrap_strcat(
    char* to, const char* from) {
    void* caller = __builtin_return_address(0);
    const std::size_t size = std::strlen(from) + 1;
    __tsan_read_range_pc(const_cast<char*>(from), size, caller);
    __tsan_write_range_pc(to, std::strlen(to) + size, caller);
    return __real_strcat(to, from);
}

// The hidden state of a function that need not be safe with several threads
// (C17: 7.22.2.1, 7.24.5.8, 7.27.3).
static char random_state;
static char token_state;
static char time_state;

int __real_rand();
[[clang::disable_sanitizer_instrumentation]] int __wrap_rand() {
    __tsan_write_range_pc(&random_state, 1, __builtin_return_address(0));
    return __real_rand();
}
void __real_srand(unsigned seed);
[[clang::disable_sanitizer_instrumentation]] void __wrap_srand(unsigned seed) {
    __tsan_write_range_pc(&random_state, 1, __builtin_return_address(0));
    __real_srand(seed);
}
int __real_rand_r(unsigned* state);
[[clang::disable_sanitizer_instrumentation]] int __wrap_rand_r(
    unsigned* state) {
    __tsan_write_range_pc(state, sizeof *state, __builtin_return_address(0));
    return __real_rand_r(state);
}
char* __real_strtok(char* text, const char* ends);
[[clang::disable_sanitizer_instrumentation]] char* __wrap_strtok(
    char* text, const char* ends) {
    __tsan_write_range_pc(&token_state, 1, __builtin_return_address(0));
    return __real_strtok(text, ends);
}
std::tm* __real_localtime(const std::time_t* time);
[[clang::disable_sanitizer_instrumentation]] std::tm* __wrap_localtime(
    const std::time_t* time) {
    __tsan_write_range_pc(&time_state, 1, __builtin_return_address(0));
    return __real_localtime(time);
}

/// The standard streams are safe with several threads, no other stream is.
[[clang::disable_sanitizer_instrumentation]] static void note_stream(
    void* stream, void* caller) {
    if (stream == &std::cout || stream == &std::cerr || stream == &std::clog) {
        return;
    }
    __tsan_write_range_pc(stream, sizeof(void*), caller);
}

/// A member or function that writes `values` into a stream and returns it.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): names cannot be parameters
#define WRAP_OUTPUT(name, parameters, ...)                            \
    void* __real_##name(void* stream, __VA_ARGS__);                   \
    [[clang::disable_sanitizer_instrumentation]] void* __wrap_##name( \
        void* stream, __VA_ARGS__) {                                  \
        note_stream(stream, __builtin_return_address(0));             \
        return __real_##name parameters;                              \
    }
// std::ostream::operator<<, and what it calls where it is inlined
WRAP_OUTPUT(_ZNSolsEi, (stream, a), int a)
WRAP_OUTPUT(_ZNSolsEj, (stream, a), unsigned a)
WRAP_OUTPUT(_ZNSolsEl, (stream, a), long a)
WRAP_OUTPUT(_ZNSolsEm, (stream, a), unsigned long a)
WRAP_OUTPUT(_ZNSolsEd, (stream, a), double a)
WRAP_OUTPUT(_ZNSolsEf, (stream, a), float a)
WRAP_OUTPUT(_ZNSolsEb, (stream, a), bool a)
WRAP_OUTPUT(_ZNSo9_M_insertIlEERSoT_, (stream, a), long a)
WRAP_OUTPUT(_ZNSo9_M_insertImEERSoT_, (stream, a), unsigned long a)
WRAP_OUTPUT(_ZNSo9_M_insertIdEERSoT_, (stream, a), double a)
WRAP_OUTPUT(_ZNSo9_M_insertIbEERSoT_, (stream, a), bool a)
// operator<< for characters and strings
WRAP_OUTPUT(_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_c, (stream, a),
            char a)
WRAP_OUTPUT(_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc,
            (stream, a), const char* a)
WRAP_OUTPUT(
    _ZSt16__ostream_insertIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_PKS3_l,
    (stream, a, n), const char* a, long n)
WRAP_OUTPUT(
    _ZStlsIcSt11char_traitsIcESaIcEERSt13basic_ostreamIT_T0_ES7_RKNSt7__cxx1112basic_stringIS4_S5_T1_EE,
    (stream, a), const void* a)
#undef WRAP_OUTPUT
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier)
