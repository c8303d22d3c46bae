#include <gtest/gtest.h>

#include "tests/grade/json_files.hpp"
#include "tests/support/files.hpp"

namespace {

/// GoogleTest's result file of one test of a suite.
std::string results(const std::string& suite, const std::string& test) {
    return R"({"tests": 1, "testsuites": [{"name": ")" + suite +
           R"(", "testsuite": [{"name": "T", )" + test + "}]}]}";
}

const std::string ran = R"("status": "RUN", "result": "COMPLETED")";

Verdict judged(const std::string& criterion, const std::string& json,
               const Outcome& outcome = {}) {
    return judge(
        criterion,
        {.outcome = outcome, .results = json, .races = {}, .exercise = {}});
}

}  // namespace

TEST(VerdictTest, ASuiteThatRanWithoutAFailureHasPassed) {
    const Verdict verdict = judged("correct", results("Correct", ran));
    EXPECT_EQ(verdict.status, Status::passed);
    EXPECT_EQ(verdict.share, 1.0);
}

TEST(VerdictTest, NothingButTheSuiteOfTheCriterionCounts) {
    EXPECT_EQ(judged("correct", results("Fast", ran)).why, "no test ran");
    EXPECT_EQ(judged("correct", R"({"testsuites": []})").why, "no test ran");
}

TEST(VerdictTest, ATestThatWasSkippedOrNotRunHasNotPassed) {
    for (const char* test : {R"("status": "RUN", "result": "SKIPPED")",
                             R"("status": "NOTRUN", "result": "SUPPRESSED")"}) {
        EXPECT_EQ(judged("parallel", results("Parallel", test)).status,
                  Status::failed);
    }
}

TEST(VerdictTest, AFailureIsToldWithoutTheTestsOwnPlaces) {
    const std::string test =
        ran +
        R"(, "failures": [{"failure": "a/b.cpp:7\nFailed\npixel (1, 2)\nGoogle )"
        R"(Test trace:\nteams.hpp:17: 3 threads", "type": ""}])";
    EXPECT_EQ(judged("correct", results("Correct", test)).why,
              "pixel (1, 2) (3 threads)");
}

TEST(VerdictTest, WhatItsThreadsDidIsHandedOnAndDecidesNothing) {
    const std::string threads = R"(, "threads": "2  0 1 0 9")";
    const Verdict passed =
        judged("parallel", results("Parallel", ran + threads));
    EXPECT_EQ(passed.threads, "2  0 1 0 9");
    EXPECT_EQ(passed.status, Status::passed);
    const std::string failure = R"(, "failures": [{"failure": "a:1\nno"}])";
    const Verdict failed =
        judged("parallel", results("Parallel", ran + threads + failure));
    EXPECT_EQ(failed.threads, "2  0 1 0 9");
    EXPECT_EQ(failed.status, Status::failed);
    EXPECT_EQ(judged("correct", results("Parallel", ran + threads)).threads,
              "");
}

TEST(VerdictTest, WithoutAResultFileNothingHasPassed) {
    Outcome outcome;
    outcome.output = "[ RUN      ] Correct.One\n[  PASSED  ] 5 tests.\n";
    const Verdict verdict = judged("correct", "", outcome);
    EXPECT_EQ(verdict.status, Status::failed);
    EXPECT_EQ(verdict.why,
              "it ended by itself in the test Correct.One (exit status 0): an "
              "exercise must return, not exit");
}

TEST(VerdictTest, AFileThatIsNotGoogleTestsIsRefused) {
    for (const char* json : {"[]", "{}", "3", R"({"testsuites": [{}]})"}) {
        EXPECT_EQ(judged("correct", json).status, Status::failed) << json;
    }
}

TEST(VerdictTest, HowAProgramWasEndedIsSaid) {
    Outcome crashed;
    crashed.exit_status = -1;
    crashed.signal = 11;
    EXPECT_NE(
        judged("correct", results("Correct", ran), crashed).why.find("crashed"),
        std::string::npos);
    Outcome endless;
    endless.exit_status = -1;
    endless.signal = 15;
    endless.timed_out = true;
    endless.seconds = 10.02;
    EXPECT_NE(judged("correct", "", endless).why.find("ended after 10 s"),
              std::string::npos);
}

TEST(VerdictTest, PassedTestsAndThenABadEndHaveNotPassed) {
    Outcome outcome;
    outcome.exit_status = 3;
    EXPECT_EQ(judged("correct", results("Correct", ran), outcome).status,
              Status::failed);
}

TEST(VerdictTest, SpeedEarnsItsPointsInBands) {
    const auto share = [](const std::string& speedup) {
        return judged("fast",
                      results("Fast", ran + R"(, "speedup": ")" + speedup +
                                          R"(", "possible": "2.0")"))
            .share;
    };
    EXPECT_EQ(share("1.9"), 1.0);
    EXPECT_EQ(share("1.5"), 1.0);  // 75 %
    EXPECT_EQ(share("1.49"), 0.5);
    EXPECT_EQ(share("1.0"), 0.5);  // 50 %
    EXPECT_EQ(share("0.99"), 0.0);
}

TEST(VerdictTest, WhatOtherFormsCostIsSaidBesideTheSpeed) {
    const std::string costs = R"(, "costs": "critical 40 ns")";
    const auto why = [&](const std::string& more) {
        return judged("fast", results("Fast", ran + more + costs)).why;
    };
    EXPECT_EQ(why(R"(, "speedup": "1.9", "possible": "2.0")"),
              "critical 40 ns");
    const std::string slow = why(R"(, "speedup": "0.1", "possible": "2.0")");
    EXPECT_NE(slow.find("0.10 times"), std::string::npos) << slow;
    EXPECT_TRUE(slow.ends_with("\ncritical 40 ns")) << slow;
    EXPECT_EQ(why(R"(, "not_judged": "busy")"), "busy\ncritical 40 ns");
}

TEST(VerdictTest, OnlySpeedMayBeLeftUnjudgedByItsOwnTest) {
    const std::string test = ran + R"(, "not_judged": "one processor")";
    EXPECT_EQ(judged("fast", results("Fast", test)).status, Status::skipped);
    EXPECT_EQ(judged("fast", results("Fast", test)).why, "one processor");
    // A student's code that records the same for another criterion gains
    // nothing by it.
    EXPECT_EQ(judged("correct", results("Correct", test)).status,
              Status::passed);
}

TEST(VerdictTest, ARaceIsToldByItsVariableAndTheTwoLines) {
    const TemporaryFolder folder;
    const auto exercise = folder / "exercise.cpp";
    write_text(exercise, "void f() {\n    counts[i] += 1;\n    use(counts);\n");
    const std::string place = exercise.string();
    const std::string report =
        "==================\n"
        "WARNING: ThreadSanitizer: data race (pid=1)\n"
        "  Write of size 4 at 0x1 by thread T1:\n"
        "    #0 std::plus::operator() /usr/include/functional:5:2 (p+0x1)\n"
        "    #1 f() " +
        place +
        ":2:15 (p+0x2) (BuildId: 77)\n"
        "\n"
        "  Previous read of size 4 at 0x1 by main thread:\n"
        "    #0 f() " +
        place +
        ":3:9 (p+0x3)\n"
        "\n"
        "WARNING: ThreadSanitizer: data race (pid=1)\n"
        "  Write of size 4 at 0x2 by thread T1:\n"
        "    #0 f() " +
        place + ":1:1 (p+0x2)\n";
    EXPECT_EQ(explain_race(report, exercise),
              "a data race, seen at `counts`\n"
              "line 2: one thread writes  counts[i] += 1;\n"
              "line 3: one thread reads  use(counts);");
    EXPECT_EQ(explain_race("no race here\n", exercise), "");
    // A line that no detector writes does not end us.
    EXPECT_EQ(
        explain_race("    #0 " + std::string(1'000'000, 'x') + "\n" + report,
                     exercise),
        explain_race(report, exercise));
}

TEST(VerdictTest, WhatIsWrittenIsReadAgain) {
    const TemporaryFolder folder;
    const Verdict verdict = {.status = Status::skipped,
                             .why = "bytes: \xff",
                             .share = 0.5,
                             .threads = "2  0 1 0 9"};
    write_verdict(verdict, folder / "verdict.json");
    const auto read = read_verdict(folder / "verdict.json");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->status, Status::skipped);
    EXPECT_EQ(read->why, "bytes: \xEF\xBF\xBD");  // the replacement character
    EXPECT_EQ(read->share, 0.5);
    EXPECT_EQ(read->threads, "2  0 1 0 9");
    EXPECT_FALSE(read_verdict(folder / "none.json"));
}
