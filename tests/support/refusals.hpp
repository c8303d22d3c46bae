// What the compiler says of lesson 26's loops that it refuses to share. A test
// asks it: see tests/programs/programs_test.cpp.

#pragma once

#ifdef __clang__
inline constexpr const char* search_refused =
    "'break' statement cannot be used in OpenMP for loop";
inline constexpr const char* halvings_refused =
    "statement after '#pragma omp parallel for' must be a for loop";
#else
inline constexpr const char* search_refused =
    "break statement used with OpenMP for loop";
inline constexpr const char* halvings_refused =
    "for statement expected before 'while'";
#endif
