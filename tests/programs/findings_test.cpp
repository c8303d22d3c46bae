#include "common/programs/experiment/findings.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/programs/experiment/columns.hpp"

namespace {

using Runs = std::vector<Run>;  // in a TEST, Run is something else

/// The version on a number of threads; `seconds` three times, on a quiet
/// machine with two processors.
Runs runs_of(const std::string& version, int threads, double seconds,
             const std::string& schedule = "", const std::string& size = "") {
    Run run;
    run.setting = {version, threads, schedule, size};
    run.record.seconds = {seconds};
    run.record.result = "1853a950";
    run.record.size = size.empty() ? "" : size + " items";
    run.control.processors = 2;
    run.control.speedup = std::min(threads, 2);
    Runs runs;
    for (run.round = 1; run.round <= 3; ++run.round) runs.push_back(run);
    return runs;
}

Experiment experiment_of(const std::vector<Runs>& groups,
                         const std::vector<LoggedRun>& logged = {}) {
    Experiment experiment;
    experiment.processors = 2;
    for (const Runs& runs : groups) {
        experiment.runs.insert(experiment.runs.end(), runs.begin(), runs.end());
    }
    experiment.summaries =
        summarise(experiment.runs, experiment.processors, logged);
    add_findings(experiment);
    return experiment;
}

/// All that is said, a line each.
std::string said(const Experiment& experiment) {
    std::string text = experiment.headline + "\n";
    for (const auto* sentences : {&experiment.findings, &experiment.notes}) {
        for (const std::string& sentence : *sentences) text += sentence + "\n";
    }
    return text;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

LoggedRun logged(const Runs& runs, double imbalance) {
    return {runs.front().setting, "x", imbalance};
}

/// Gives the runs what a loop has that moves bytes: so many a second, beside a
/// pass in place.
Runs moving(Runs runs, double bandwidth, double pass) {
    for (Run& run : runs) {
        run.record.bytes_moved =
            static_cast<std::int64_t>(bandwidth * run.record.seconds.front());
        run.control.pass_bandwidth = pass;
        run.control.copy_bandwidth = pass / 2;
    }
    return runs;
}

}  // namespace

// --- The headline ------------------------------------------------------------

TEST(HeadlineTest, TheFastestSettingIsComparedWithTheSerialOne) {
    const Experiment experiment = experiment_of(
        {runs_of("serial", 1, 4.0), runs_of("parallel", 2, 2.5, "static"),
         runs_of("parallel", 2, 2.0, "dynamic")});
    EXPECT_EQ(experiment.headline,
              "parallel, dynamic, 2 threads is 2.00 times as fast as the "
              "serial version: 2.00 s instead of 4.00 s. A loop that only "
              "computes was 2.00 times as fast on as many threads (2).");
}

TEST(HeadlineTest, ItIsAboutTheSizeThatTakesLongest) {
    const Experiment experiment =
        experiment_of({runs_of("serial", 1, 1.0, "", "10"),
                       runs_of("serial", 1, 8.0, "", "80"),
                       runs_of("parallel", 2, 0.1, "", "10"),
                       runs_of("parallel", 2, 5.0, "", "80")});
    EXPECT_TRUE(contains(experiment.headline, "is 1.60 times as fast"));
    EXPECT_TRUE(contains(experiment.headline, "80 items"));
}

TEST(HeadlineTest, WhereNothingIsFasterItSaysSo) {
    const Experiment experiment =
        experiment_of({runs_of("serial", 1, 4.0), runs_of("parallel", 2, 5.0)});
    EXPECT_TRUE(experiment.headline.starts_with(
        "No version is clearly faster than the serial one."));
    EXPECT_TRUE(contains(experiment.headline, "is 0.80 times as fast"));
}

TEST(HeadlineTest, AWrongResultComesFirst) {
    Runs wrong = runs_of("parallel", 2, 2.0);
    wrong[1].record.result = "deadbeef";
    const Experiment experiment =
        experiment_of({runs_of("serial", 1, 4.0), wrong});
    EXPECT_TRUE(experiment.headline.starts_with(
        "WRONG RESULT: parallel, 2 threads: not what the serial program"));
}

TEST(HeadlineTest, AMachineThatWasBusyMostOfTheTimeIsAllThatIsSaid) {
    Runs serial = runs_of("serial", 1, 4.0);
    Runs parallel = runs_of("parallel", 2, 2.0);
    for (auto& run : parallel) run.control.speedup = 1.0;
    serial[0].control.speedup = 0.5;
    const Experiment experiment = experiment_of({serial, parallel});
    EXPECT_EQ(experiment.headline,
              "This machine was busy: other programs disturbed 4 of 6 runs, "
              "repeated or not. Measure again when nothing else runs.");
    EXPECT_TRUE(experiment.findings.empty());
}

// Two of three attempts were disturbed, but in each round the third was quiet.
TEST(HeadlineTest, RunsThatWereQuietWhenRepeatedAreEnough) {
    Runs parallel = runs_of("parallel", 2, 2.0);
    for (const int attempt : {1, 2}) {
        for (auto run : runs_of("parallel", 2, 3.0)) {
            run.attempt = attempt;
            run.control.speedup = 1.0;
            parallel.push_back(run);
        }
    }
    EXPECT_TRUE(
        contains(experiment_of({runs_of("serial", 1, 4.0), parallel}).headline,
                 "is 2.00 times as fast"));
}

TEST(HeadlineTest, OneRunIsNoVerdict) {
    Runs serial = runs_of("serial", 1, 4.0);
    Runs parallel = runs_of("parallel", 2, 2.0);
    serial.resize(1);
    parallel.resize(1);
    const Experiment experiment = experiment_of({serial, parallel});
    EXPECT_TRUE(contains(experiment.headline, "no verdict"));
    EXPECT_TRUE(contains(experiment.headline, "--repeat 5"));
}

TEST(HeadlineTest, ASettingThatWasDisturbedIsNoVerdict) {
    Runs parallel = runs_of("parallel", 2, 2.0);
    parallel[0].control.speedup = parallel[1].control.speedup = 1.0;
    const Experiment experiment =
        experiment_of({runs_of("serial", 1, 4.0), parallel});
    EXPECT_TRUE(contains(experiment.headline, "Only 1 of 3 runs were quiet"));
}

TEST(HeadlineTest, RunsThatDifferTooMuchAreNoVerdict) {
    Runs parallel = runs_of("parallel", 2, 2.0);
    parallel[0].record.seconds = {0.5};
    parallel[2].record.seconds = {3.5};  // the quartiles are 1.25 and 2.75
    const Experiment experiment =
        experiment_of({runs_of("serial", 1, 4.0), parallel});
    EXPECT_TRUE(contains(experiment.headline, "differ too much"));
    EXPECT_TRUE(contains(table_text(table_rows(experiment)), "unsteady"));
}

TEST(HeadlineTest, TimesUnderAMillisecondAreTooShort) {
    EXPECT_TRUE(experiment_of(
                    {runs_of("serial", 1, 4e-4), runs_of("parallel", 2, 2e-4)})
                    .headline.starts_with("Too short to judge"));
}

TEST(HeadlineTest, WhereNothingWentWellItSaysSo) {
    Runs failed = runs_of("serial", 1, 1.0);
    for (auto& run : failed) run.error = "exit status 1";
    EXPECT_EQ(experiment_of({failed}).headline, "FAILED: no run went well.");
    EXPECT_EQ(experiment_of({}).headline, "FAILED: no run went well.");
}

TEST(HeadlineTest, AnInterruptionIsTold) {
    Experiment experiment =
        experiment_of({runs_of("serial", 1, 4.0), runs_of("parallel", 2, 2.0)});
    experiment.interrupted = true;
    experiment.planned_runs = 42;
    experiment.runs.back().attempt = 2;  // a repetition is no planned run
    add_findings(experiment);
    EXPECT_TRUE(contains(experiment.headline, "5 of 42 runs were made"));
}

// --- The findings ------------------------------------------------------------

TEST(FindingsTest, NearThePassInPlaceTheFastestVersionIsMemoryBound) {
    const std::string text =
        said(experiment_of({runs_of("serial", 1, 4.0),
                            moving(runs_of("parallel", 2, 2.0), 9e9, 10e9)}));
    EXPECT_TRUE(contains(text, "parallel, 2 threads is memory-bound"));
    EXPECT_TRUE(contains(text, "9.0 GB/s, 90 % of a plain pass in place"));
}

TEST(FindingsTest, WhatAnotherVersionDoesFasterIsNotMemoryBound) {
    // The plain loop moves more than the copy loop, but less than the pass.
    const std::string text =
        said(experiment_of({runs_of("serial", 1, 9.0),
                            moving(runs_of("parallel", 2, 6.0), 6e9, 10e9),
                            moving(runs_of("masked", 2, 2.0), 18e9, 20e9)}));
    EXPECT_FALSE(contains(text, "parallel, 2 threads is memory-bound"));
    EXPECT_TRUE(contains(text, "masked, 2 threads is memory-bound"));
    EXPECT_TRUE(contains(text,
                         "masked, 2 threads is 3.00 times as fast as parallel, "
                         "2 threads, so memory does not hold up parallel"));
}

TEST(FindingsTest, FarFromThePassInPlaceNothingIsMemoryBound) {
    const std::string text =
        said(experiment_of({runs_of("serial", 1, 4.0),
                            moving(runs_of("parallel", 2, 2.0), 7e9, 10e9)}));
    EXPECT_FALSE(contains(text, "memory-bound"));
    EXPECT_TRUE(contains(text, "is not held up by memory"));
}

// The busiest of two threads works 1.5 times the mean: 2 / 1.5 = 1.33 times as
// fast as on one thread, although that is 10 times as fast as the serial one.
TEST(FindingsTest, ImbalanceBoundsTheSpeedupOverTheSameVersion) {
    const Runs lanes = runs_of("lanes", 2, 4.0);
    const std::string text = said(experiment_of(
        {runs_of("serial", 1, 40.0), runs_of("lanes", 1, 5.0), lanes},
        {logged(lanes, 0.5)}));
    EXPECT_TRUE(contains(text,
                         "lanes, 2 threads: the busiest thread works 1.50 "
                         "times the mean, so it can be 1.33 times as fast as "
                         "on one thread at most; measured 1.25."))
        << text;
}

TEST(FindingsTest, WithoutARunOnOneThreadImbalanceBoundsNothing) {
    const Runs lanes = runs_of("lanes", 2, 4.0);
    const std::string text = said(experiment_of(
        {runs_of("serial", 1, 40.0), lanes}, {logged(lanes, 0.5)}));
    EXPECT_FALSE(contains(text, "busiest"));
}

// 1 + 2 + 1 s, of which the loop is half: 4 / 2 = 2 times as fast at most.
TEST(FindingsTest, TheLoopsShareBoundsTheProgramsSpeedup) {
    Runs serial = runs_of("serial", 1, 2.0);
    for (auto& run : serial) {
        run.record.read_seconds = run.record.write_seconds = 1.0;
    }
    const std::string text =
        said(experiment_of({serial, runs_of("parallel", 2, 1.0)}));
    EXPECT_TRUE(contains(text, "The loop is 50.0 % of the serial program"));
    EXPECT_TRUE(contains(text, "the program 2.00 times as fast at most"));
}

// Scaling 1, 5/3 and 2.5 on 1, 2 and 4 threads is Amdahl's for 0.2.
TEST(FindingsTest, LawsAreFittedToTheScalingOfEachVersion) {
    std::vector<Runs> groups = {runs_of("serial", 1, 40.0)};
    for (const auto& [threads, seconds] :
         {std::pair(1, 5.0), {2, 3.0}, {4, 2.0}}) {
        groups.push_back(runs_of("lanes", threads, seconds));
    }
    Experiment experiment = experiment_of(groups);
    for (auto& run : experiment.runs) run.control.processors = 4;
    for (auto& run : experiment.runs) {
        run.control.speedup = run.setting.threads;
    }
    experiment.summaries = summarise(experiment.runs, 4);
    add_findings(experiment);
    const std::string text = said(experiment);
    EXPECT_TRUE(contains(text, "Amdahl's law fits lanes: serial fraction 0.2"))
        << text;
    EXPECT_TRUE(contains(text,
                         "Not fitted: Universal Scalability Law, 3 numbers of "
                         "threads: a fit needs at least 4 (1 of 1 curves)."));
}

TEST(FindingsTest, RefusalsOfFitsAreOneSentence) {
    std::vector<Runs> groups = {runs_of("serial", 1, 4.0)};
    for (const char* schedule : {"static", "dynamic", "guided"}) {
        groups.push_back(runs_of("parallel", 1, 4.0, schedule));
        groups.push_back(runs_of("parallel", 2, 2.0, schedule));
    }
    const Experiment experiment = experiment_of(groups);
    ASSERT_EQ(experiment.findings.size(), 1U);
    EXPECT_TRUE(contains(experiment.findings[0], "(3 of 3 curves)"));
}

TEST(FindingsTest, FiveAtMostAreShownAndTheOthersKept) {
    std::vector<Runs> groups = {runs_of("serial", 1, 40.0)};
    for (const std::string version : {"a", "b", "c", "d", "e", "f"}) {
        for (const auto& [threads, seconds] :
             {std::pair(1, 5.0), {2, 3.0}, {4, 2.0}}) {
            groups.push_back(runs_of(version, threads, seconds));
        }
    }
    Experiment experiment = experiment_of(groups);
    for (auto& run : experiment.runs) {
        run.control.processors = 4;
        run.control.speedup = run.setting.threads;
    }
    experiment.summaries = summarise(experiment.runs, 4);
    add_findings(experiment);
    EXPECT_EQ(experiment.findings.size(), 5U);
    EXPECT_EQ(experiment.notes.size(), 2U);  // the sixth fit and the refusals
}
