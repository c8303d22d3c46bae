#include "tests/grade/symbols.hpp"

#include <gtest/gtest.h>

namespace {

std::string objection(const std::string& symbols) {
    return objection_to_symbols(symbols, {});
}

}  // namespace

TEST(SymbolsTest, WhatExercisesDefineAndCallIsAllowed) {
    EXPECT_EQ(objection("_Z8negativeR5ImageR7WorkLog T 0 1f\n"
                        "rows_done B 0 4\n"
                        "index B 0 4\n"  // a function of the C library's
                        "_ZSt4sqrtf W 0 8\n"
                        "__clang_call_terminate W 0 8\n"
                        ".gomp_critical_user_one.var C 20 20\n"
                        "memcpy U\n"
                        "__tsan_func_entry U\n"
                        "__tsan_unaligned_write4 U\n"
                        "__tsan_atomic32_fetch_add U\n"
                        "__tsan_read_write8 U\n"),
              "");
}

TEST(SymbolsTest, WhatTakesALibrarysPlaceIsRefusedByName) {
    EXPECT_EQ(objection("_exit T 0 8\n"),
              "it defines `_exit`, which is a library's: choose another name");
    for (const char* name :
         {"open", "_Znwm", "_ZNSt6chrono3_V212steady_clock3nowEv"}) {
        for (const char* kind : {"T", "W"}) {
            EXPECT_NE(objection(std::string(name) + " " + kind + " 0 8\n"), "")
                << name << " " << kind;
        }
    }
}

TEST(SymbolsTest, WhatBlindsTheRaceDetectorIsRefusedByName) {
    EXPECT_EQ(objection("__tsan_default_suppressions T 0 8\n"),
              "it defines `__tsan_default_suppressions`, which is the race "
              "detector's");
    EXPECT_EQ(objection("_ZN6__tsan8OnReportEPKNS_10ReportDescEb T 0 8\n"),
              "it defines `__tsan::OnReport(__tsan::ReportDesc const*, bool)`, "
              "which is the race detector's");
    EXPECT_EQ(objection("AnnotateIgnoreWritesBegin U\n"),
              "it calls `AnnotateIgnoreWritesBegin`, which is the race "
              "detector's");
    for (const char* name : {"__tsan_acquire", "__tsan_mutex_pre_lock",
                             "__sanitizer_set_report_path"}) {
        EXPECT_NE(objection(std::string(name) + " U\n"), "") << name;
    }
}
