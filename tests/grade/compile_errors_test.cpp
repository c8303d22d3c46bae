#include "tests/grade/compile_errors.hpp"

#include <gtest/gtest.h>

#include "tests/support/files.hpp"

TEST(ExplainPragmaTest, AMisspeltWordIsToldWithWhatWasMeant) {
    EXPECT_EQ(explain_pragma("#pragma omp paralel for"),
              "`paralel`: did you mean `parallel`?");
    EXPECT_EQ(explain_pragma("  # pragma opm parallel fro"),
              "`opm`: did you mean `omp`? `fro`: did you mean `for`?");
    EXPECT_EQ(explain_pragma("#pragma omp parallel for reductoin(+ : som)"),
              "`reductoin`: did you mean `reduction`?");
}

TEST(ExplainPragmaTest, WhatIsRightOrFarFromEverythingIsLeftAlone) {
    for (const char* line :
         {"#pragma omp parallel for schedule(dynamc, (4)) num_threads(paralel)",
          "#pragma once", "// #pragma omp paralel", "#include <omp.h>", ""}) {
        EXPECT_EQ(explain_pragma(line), "") << line;
    }
}

TEST(ExplainErrorsTest, OfTheLinkersMessagesOneSentenceIsLeft) {
    EXPECT_EQ(
        explain_errors(
            "/usr/bin/ld: a.o: in function `main':\n"
            "e.cpp:7: multiple definition of `main'; b.o:exercise.cpp:251: "
            "first defined here\ncollect2: error: ld returned 1 exit status\n",
            "/x/exercise.cpp"),
        "exercise.cpp has a `main` of its own: delete it, the tests have "
        "one\n");
    EXPECT_EQ(
        explain_errors("ld: t.o: in function `Fast_Test::TestBody()':\n"
                       "05.cpp:61: undefined reference to `f(int, int*)'\n"
                       "ld: 05.cpp:40: undefined reference to `f(int, int*)'\n"
                       "collect2: error: ld returned 1 exit status\n",
                       "/x/exercise.cpp"),
        "a function is missing in exercise.cpp: `f(int, int*)` (is its "
        "name, and is each parameter, as the lesson's header says?)\n");
}

TEST(ExplainErrorsTest, WhatTheTestsHaveAlreadyIsToldByItsName) {
    EXPECT_EQ(explain_errors("/usr/bin/ld: e.o: in function `Watch::begin(long)"
                             "':\ne.cpp:15: multiple definition of `Watch::"
                             "begin(long)'; b.a(exercise.cpp.o):9: first "
                             "defined here\n",
                             "/x/exercise.cpp"),
              "exercise.cpp defines `Watch::begin(long)`, which the tests have "
              "already: choose another name\n");
}

TEST(ExplainErrorsTest, WhatTheLinkerMissesOfOursIsNotToldAsTheStudents) {
    const std::string messages = "ld: undefined reference to `__wrap_memcpy'\n";
    EXPECT_EQ(explain_errors(messages, "/x/exercise.cpp"), messages);
}

TEST(ExplainErrorsTest, ACompilersMessagesStayBehindWhatWasMeant) {
    const TemporaryFolder folder;
    const auto exercise = folder / "exercise.cpp";
    write_text(exercise, "void f() {\n#pragma omp paralel\n}\n");
    EXPECT_EQ(explain_errors(exercise.string() + ":2: error: ignoring it\n",
                             exercise),
              "line 2: `paralel`: did you mean `parallel`?\n"
              "exercise.cpp:2: error: ignoring it\n");
}
