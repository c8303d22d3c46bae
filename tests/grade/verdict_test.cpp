#include "tests/grade/verdict.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/grade/json_files.hpp"
#include "tests/support/files.hpp"

namespace {

const std::string number = "0123456789abcdef";

/// What a program sends that shows the number: records of words.
std::string report(const std::vector<std::vector<std::string>>& records) {
    std::string text = number;
    for (const auto& words : records) {
        text += '\x1E';
        for (const std::string& word : words) text += '\x1F' + word;
    }
    return text;
}

/// The report of a run in which a suite's one test passed.
std::string passed(const std::string& suite) {
    return report({{"test", suite + ".T", "passed"}, {"met"}, {"end"}});
}

Verdict judged(const std::string& criterion, const std::string& answer,
               Outcome outcome = {}) {
    outcome.answer = answer;
    return judge(criterion, {.outcome = outcome,
                             .number = number,
                             .tests = {suite_of(criterion) + ".T"},
                             .races = {},
                             .exercise = {}});
}

}  // namespace

TEST(VerdictTest, ASuiteThatRanWithoutAFailureHasPassed) {
    const Verdict verdict = judged("correct", passed("Correct"));
    EXPECT_EQ(verdict.status, Status::passed) << verdict.why;
    EXPECT_EQ(verdict.share, 1.0);
}

TEST(VerdictTest, WhoDoesNotShowTheNumberOfTheRunHasNotPassed) {
    const std::string right = passed("Correct");
    for (const std::string& forged :
         {right.substr(1), "f" + right.substr(1), right.substr(number.size()),
          std::string()}) {
        const Verdict verdict = judged("correct", forged);
        EXPECT_EQ(verdict.status, Status::failed) << forged;
        EXPECT_NE(verdict.why.find("must return, not exit"), std::string::npos)
            << verdict.why;
    }
}

TEST(VerdictTest, AllTestsOfTheListHaveToBeReportedInOrder) {
    const auto with = [](const std::vector<std::string>& names) {
        std::vector<std::vector<std::string>> records;
        for (const std::string& name : names) {
            records.push_back({"test", name, "passed"});
        }
        records.push_back({"end"});
        return judge("correct", {.outcome = {.answer = report(records)},
                                 .number = number,
                                 .tests = {"Correct.A", "Correct.B"},
                                 .races = {},
                                 .exercise = {}})
            .status;
    };
    EXPECT_EQ(with({"Correct.A", "Correct.B"}), Status::passed);
    EXPECT_EQ(with({"Correct.B", "Correct.A"}), Status::failed);
    EXPECT_EQ(with({"Correct.A"}), Status::failed);
    EXPECT_EQ(with({}), Status::failed);
    EXPECT_EQ(with({"Correct.A", "Correct.B", "Correct.C"}), Status::failed);
}

TEST(VerdictTest, AReportWithoutItsEndShowsNothing) {
    EXPECT_EQ(
        judged("correct", report({{"test", "Correct.T", "passed"}})).status,
        Status::failed);
}

TEST(VerdictTest, ATestThatWasSkippedHasNotPassed) {
    EXPECT_EQ(
        judged("parallel", report({{"test", "Parallel.T", "skipped"}, {"end"}}))
            .status,
        Status::failed);
}

TEST(VerdictTest, WhereNoTeamHasMetTheDetectorsSilenceShowsNothing) {
    EXPECT_EQ(judged("race_free", passed("RaceFree")).status, Status::passed);
    const Verdict alone = judged(
        "race_free", report({{"test", "RaceFree.T", "passed"}, {"end"}}));
    EXPECT_EQ(alone.status, Status::failed);
    EXPECT_NE(alone.why.find("no team"), std::string::npos) << alone.why;
}

TEST(VerdictTest, AFailureIsToldWithoutTheTestsOwnPlaces) {
    EXPECT_EQ(judged("correct", report({{"test", "Correct.T", "failed",
                                         "Failed\npixel (1, 2)\nGoogle Test "
                                         "trace:\nteams.hpp:17: 3 threads"},
                                        {"end"}}))
                  .why,
              "pixel (1, 2) (3 threads)");
}

TEST(VerdictTest, WhatItsThreadsDidIsHandedOnAndDecidesNothing) {
    const auto with = [](const std::string& suite, const std::string& result) {
        return report({{"test", suite + ".T", result, "no"},
                       {"threads", "2  0 1 0 9"},
                       {"end"}});
    };
    const Verdict passed = judged("parallel", with("Parallel", "passed"));
    EXPECT_EQ(passed.threads, "2  0 1 0 9");
    EXPECT_EQ(passed.status, Status::passed);
    const Verdict failed = judged("parallel", with("Parallel", "failed"));
    EXPECT_EQ(failed.threads, "2  0 1 0 9");
    EXPECT_EQ(failed.status, Status::failed);
    EXPECT_EQ(judged("correct", with("Correct", "passed")).threads, "");
}

TEST(VerdictTest, AProgramThatLeavesEarlyIsToldWhere) {
    Outcome outcome;
    outcome.output = "[ RUN      ] Correct.One\n[  PASSED  ] 5 tests.\n";
    const Verdict verdict = judged("correct", "", outcome);
    EXPECT_EQ(verdict.status, Status::failed);
    EXPECT_EQ(verdict.why,
              "it ended by itself in the test Correct.One (exit status 0): an "
              "exercise must return, not exit");
}

TEST(VerdictTest, HowAProgramWasEndedIsSaid) {
    Outcome crashed;
    crashed.exit_status = -1;
    crashed.signal = 11;
    EXPECT_NE(judged("correct", passed("Correct"), crashed).why.find("crashed"),
              std::string::npos);
    Outcome endless;
    endless.exit_status = -1;
    endless.signal = 15;
    endless.timed_out = true;
    endless.seconds = 10.02;
    EXPECT_NE(judged("correct", "", endless).why.find("ended after 10 s"),
              std::string::npos);
}

TEST(VerdictTest, ALimitOfThreadsIsSaid) {
    for (const char* said :
         {"libgomp: Thread creation failed: Resource temporarily unavailable\n",
          "OMP: Error #34: System unable to allocate necessary resources\n"}) {
        Outcome outcome;
        outcome.exit_status = 1;
        outcome.output = "[ RUN      ] Correct.One\n" + std::string(said);
        EXPECT_EQ(judged("correct", "", outcome).why,
                  "it got no more threads in the test Correct.One: it wants "
                  "more than 512 at a time, or this machine allows you fewer "
                  "(`ulimit -u`)");
        outcome.exit_status = 0;  // it has only printed that
        EXPECT_EQ(judged("correct", passed("Correct"), outcome).status,
                  Status::passed);
    }
}

TEST(VerdictTest, AnExceptionThatLeftARegionIsToldWithWhatItSays) {
    Outcome outcome;
    outcome.signal = 6;
    outcome.exit_status = -1;
    outcome.output =
        "[ RUN      ] Correct.One\nterminate called after throwing an instance "
        "of 'std::runtime_error'\n  what():  too wide\n";
    const std::string why = judged("correct", "", outcome).why;
    EXPECT_EQ(why.find("it threw `std::runtime_error`: too wide in the test "
                       "Correct.One"),
              0U)
        << why;
    EXPECT_NE(why.find("may not leave a parallel region"), std::string::npos);
}

TEST(VerdictTest, AMachinesTroubleIsNotJudged) {
    Outcome slow;
    slow.timed_out = true;
    slow.seconds = 20.0;
    EXPECT_EQ(judged("fast", "", slow).status, Status::skipped);
    EXPECT_TRUE(may_pass(judged("fast", "", slow)));
    EXPECT_EQ(judged("parallel", "", slow).status, Status::failed);
    slow.starved = true;
    EXPECT_EQ(judged("parallel", "", slow).status, Status::skipped);
    Outcome killed;
    killed.exit_status = -1;
    killed.signal = SIGKILL;
    EXPECT_EQ(judged("correct", "", killed).status, Status::failed);
    killed.system_out_of_memory = true;
    EXPECT_EQ(judged("correct", "", killed).status, Status::skipped);
    EXPECT_TRUE(may_pass(judged("correct", "", killed)));
    EXPECT_TRUE(
        may_pass({.status = Status::skipped,
                  .why = "/a/b: cannot be started: Permission denied"}));
    EXPECT_FALSE(may_pass({.status = Status::skipped, .why = "one processor"}));

    const auto with_crash_in = [](const std::string& frame) {
        return judge("race_free",
                     {.outcome = {.exit_status = 66},
                      .number = number,
                      .tests = {"RaceFree.T"},
                      .races = "ThreadSanitizer:DEADLYSIGNAL\n==1==ERROR: "
                               "ThreadSanitizer: SEGV on unknown address\n"
                               "    #0 " +
                               frame + "\n    #1 libarcher.so+0x7\n",
                      .exercise = {}})
            .status;
    };
    EXPECT_EQ(with_crash_in("<null> <null> (libarcher.so+0x5d1b)"),
              Status::skipped);
    EXPECT_EQ(with_crash_in("f() exercise.cpp:7:1 (p+0x5d1b)"), Status::failed);
}

TEST(VerdictTest, PassedTestsAndThenABadEndHaveNotPassed) {
    Outcome outcome;
    outcome.exit_status = 3;
    EXPECT_EQ(judged("correct", passed("Correct"), outcome).status,
              Status::failed);
}

TEST(VerdictTest, SpeedEarnsItsPointsInBands) {
    const auto share = [](const std::string& speedup) {
        return judged("fast", report({{"test", "Fast.T", "passed"},
                                      {"speedup", speedup, "2.0"},
                                      {"end"}}))
            .share;
    };
    EXPECT_EQ(share("1.9"), 1.0);
    EXPECT_EQ(share("1.5"), 1.0);  // 75 %
    EXPECT_EQ(share("1.49"), 0.5);
    EXPECT_EQ(share("1.0"), 0.5);  // 50 %
    EXPECT_EQ(share("0.99"), 0.0);
}

TEST(VerdictTest, WhatOtherFormsCostIsSaidBesideTheSpeed) {
    const auto why = [](const std::vector<std::string>& more) {
        return judged("fast", report({{"test", "Fast.T", "passed"},
                                      more,
                                      {"note", "critical 40 ns"},
                                      {"end"}}))
            .why;
    };
    EXPECT_EQ(why({"speedup", "1.9", "2.0"}), "critical 40 ns");
    const std::string slow = why({"speedup", "0.1", "2.0"});
    EXPECT_NE(slow.find("0.10 times"), std::string::npos) << slow;
    EXPECT_TRUE(slow.ends_with("\ncritical 40 ns")) << slow;
    EXPECT_EQ(why({"not judged", "busy"}), "busy\ncritical 40 ns");
}

TEST(VerdictTest, OnlySpeedMayBeLeftUnjudgedByItsOwnTest) {
    const Verdict fast = judged("fast", report({{"test", "Fast.T", "skipped"},
                                                {"not judged", "one processor"},
                                                {"end"}}));
    EXPECT_EQ(fast.status, Status::skipped);
    EXPECT_EQ(fast.why, "one processor");
    EXPECT_FALSE(may_pass(fast));
    EXPECT_EQ(judged("correct", report({{"test", "Correct.T", "failed", "no"},
                                        {"not judged", "one processor"},
                                        {"end"}}))
                  .status,
              Status::failed);
}

TEST(VerdictTest, OfAMemberItsObjectIsNamed) {
    const TemporaryFolder folder;
    const auto exercise = folder / "exercise.cpp";
    write_text(exercise,
               "told.push_back(dream(i));\n"
               "image.row(y)[x].red = 3;\n"
               "this->sum += next->count;\n"
               "if (rand_r(&seed) == 1) stop();\n");
    const auto seen_at = [&](int line, int column) {
        const std::string told = explain_race(
            fmt::format("WARNING: ThreadSanitizer: data race (pid=1)\n"
                        "  Write of size 8 at 0x1 by thread T1:\n"
                        "    #0 std::vector::push_back() stl_vector.h:1:2 (p+1)"
                        "\n    #1 f() {}:{}:{} (p+0x2)\n",
                        exercise.string(), line, column),
            exercise);
        return told.substr(0, told.find('\n'));
    };
    EXPECT_EQ(seen_at(1, 6), "a data race, seen at `told`");
    EXPECT_EQ(seen_at(2, 21), "a data race, seen at `image`");
    EXPECT_EQ(seen_at(2, 17), "a data race, seen at `image`");
    EXPECT_EQ(seen_at(3, 11), "a data race, seen at `sum`");
    EXPECT_EQ(seen_at(3, 20), "a data race, seen at `next`");
    EXPECT_EQ(seen_at(4, 5), "a data race, seen at `seed`");
    EXPECT_EQ(seen_at(4, 25), "a data race");
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
